import { expect, it } from '@jest/globals';
import type { StrahlError } from '#portability/errors.js';
import { pipeline, type PCollection } from './index.js';

/** A pipeline as somebody writes it who has no compiler. */
export type Loose = any;

/** What is wrong, its code, the text that tells it, and how it is built. */
export type ConstructionCase = readonly [
  string,
  string,
  RegExp,
  (p: Loose, kept: Loose) => unknown,
];

/** Each case must be refused at the call, with the line of the call and what to do. `kept` is of a finished pipeline. */
export function itRefusesToBuild(cases: readonly ConstructionCase[], file: RegExp): void {
  it.each(cases)('%s', async (_, code, text, build) => {
    let kept: PCollection<number> | undefined;
    await pipeline('earlier', (p) => (kept = p.of([1]))).run();
    const error = await failureOf(() => pipeline('bad', (p) => build(p, kept)).run());
    expect(error).toMatchObject({ code, title: expect.stringMatching(text) });
    expect(error.site).toMatch(file);
    expect(error.fix).toEqual(expect.any(String));
  });
}

async function failureOf(run: () => Promise<unknown>): Promise<StrahlError> {
  try {
    await run();
  } catch (error) {
    return error as StrahlError;
  }
  throw new TypeError('nothing was refused');
}
