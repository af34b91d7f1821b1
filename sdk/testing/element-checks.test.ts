// What a bug here looks like: a pipeline that passes its tests as one stage, and fails or changes its results
// in the first plan that sends the elements through their coders.
import { describe, expect, it } from '@jest/globals';
import { pipeline, s, type Coder, type Root } from '../index.js';
import { directRunner } from '#runners/direct/index.js';
import { runTest } from './run-test.js';

class Celsius {
  readonly degrees: number;
  constructor(degrees: number) {
    this.degrees = degrees;
  }
}

const degrees = (p: Root) => ({
  out: p
    .of([20])
    .map((n) => new Celsius(n))
    .named('measure')
    .map((c) => c.degrees),
});

const rounding: Coder<Celsius> = {
  encode: ({ degrees }) => Uint8Array.of(Math.round(degrees)),
  decode: ([degrees]) => new Celsius(degrees!),
};

describe('an element of a test', () => {
  it('fails where it is made if it has no bytes, also where no step needs them', async () => {
    await expect(runTest(degrees)).rejects.toMatchObject({
      code: 'STRAHL-5001',
      step: 'measure',
      site: expect.stringMatching(/element-checks\.test\.ts:\d+:\d+$/),
      element: '{"degrees": 20}',
      fix: expect.any(String),
    });
  });

  it('fails if its schema leaves out a field that later steps see', async () => {
    const wide = { id: 1, extra: 'x' };
    const work = runTest((p) => ({
      out: p
        .of([1])
        .map(() => wide, s.row({ id: s.int64 }))
        .named('narrow'),
    }));
    await expect(work).rejects.toMatchObject({
      code: 'STRAHL-5007',
      step: 'narrow',
      site: expect.stringMatching(/element-checks\.test\.ts:\d+:\d+$/),
      element: '{"id": 1, "extra": "x"}',
      why: 'it comes back as {"id": 1}',
      fix: expect.stringContaining('coder'),
    });
  });

  it.each([
    [20, undefined],
    [20.5, 'STRAHL-5007'],
  ])('of a class of its own is compared by its fields: %d', async (n, code) => {
    const work = runTest((p) => ({
      out: p
        .of([n])
        .map((x) => new Celsius(x))
        .withCoder(rounding)
        .map((c) => c.degrees),
    }));
    if (code === undefined) expect((await work).out.values).toEqual([n]);
    else await expect(work).rejects.toMatchObject({ code });
  });

  it('of a class without fields to see is compared by its bytes', async () => {
    class Secret {
      readonly #n: number;
      constructor(n: number) {
        this.#n = n;
      }
      get n(): number {
        return this.#n;
      }
    }
    const coder: Coder<Secret> = {
      encode: ({ n }) => Uint8Array.of(n),
      decode: ([n]) => new Secret(n!),
    };
    const { out } = await runTest((p) => ({
      out: p
        .of([7])
        .map((n) => new Secret(n))
        .withCoder(coder)
        .map(({ n }) => n),
    }));
    expect(out.values).toEqual([7]);
  });

  it('may hold undefined fields, big integers, dates, bytes, maps and sets', async () => {
    const element = {
      none: undefined,
      big: 2n ** 70n,
      when: new Date(0),
      bytes: Uint8Array.of(1, 2),
      map: new Map([['a', [NaN, -0]]]),
      set: new Set([null]),
    };
    const { out } = await runTest((p) => ({ out: p.of([0]).map(() => element) }));
    expect(out.values).toEqual([element]);
  });

  it('is not encoded outside of tests before a step needs its bytes', async () => {
    const outside = pipeline('outside', (p) => degrees(p).out);
    await expect(outside.run({}, { runner: directRunner() })).resolves.toBeDefined();
  });
});
