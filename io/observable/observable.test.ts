import { describe, expect, it } from '@jest/globals';
import { from, lastValueFrom, NEVER, Subject, throwError, toArray } from 'rxjs';
import { count, fixed, pipeline } from '#sdk/index.js';
import { readByHand } from '../files/input/hand-reader.fixture.js';
import { Buffer } from './buffer.js';
import { fromObservable, observableSpec } from './from-observable.js';
import { toObservable } from './to-observable.js';

describe('an Observable as a source', () => {
  it('gives each element once, whatever is repeated', async () => {
    const source = observableSpec(from([1, 2, 3, 4, 5]), { bounded: true });
    const done = await readByHand(source, { claimsPerBundle: 2, failing: new Set([0, 1]) });
    expect(done.elements).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives what was emitted before an error, then the error', async () => {
    const failing = observableSpec(
      throwError(() => new RangeError('broken')),
      { bounded: true },
    );
    await expect(readByHand(failing)).rejects.toThrow('broken');
  });

  it.each([
    ['drop-oldest', [3, 4, 5], 2],
    ['drop-newest', [1, 2, 3], 2],
  ] as const)('that is too fast loses elements under %s', async (overflow, kept, dropped) => {
    const buffer = new Buffer<number>(3, overflow, () => undefined);
    for (const n of [1, 2, 3, 4, 5]) buffer.push(n);
    buffer.end({});
    expect(await buffer.next()).toEqual(kept);
    expect(buffer.dropped).toBe(dropped);
    expect(await buffer.next()).toBeUndefined();
  });

  it('that is too fast fails the job by default', async () => {
    const source = observableSpec(from([1, 2, 3, 4]), { bounded: true, capacity: 3 });
    await expect(readByHand(source)).rejects.toMatchObject({ code: 'STRAHL-5004' });
  });

  it('is left when the job is cancelled', async () => {
    const subject = new Subject<number>();
    const source = observableSpec(subject, {});
    const abort = new AbortController();
    const reading = readByHand(source, { signal: abort.signal });
    // The first read subscribes in a later turn of the event loop.
    while (!subject.observed) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    await expect(reading).rejects.toBeDefined();
    expect(subject.observed).toBe(false);
  });

  it('refuses a capacity that is none', () => {
    expect(() => fromObservable(NEVER, { capacity: 0 })).toThrow(/STRAHL-9002/);
    expect(() => toObservable({ capacity: 1.5 })).toThrow(/STRAHL-9002/);
  });

  it('is counted in windows', async () => {
    const counts = toObservable<number>();
    const all = lastValueFrom(counts.values$.pipe(toArray()));
    await pipeline('windows', (p) => {
      p.read(fromObservable(from([0, 100, 1200]), { eventTime: (t) => t }))
        .window(fixed('1s'))
        .combineGloballyWith(count(), { emptyDefault: false })
        .write(counts.sink);
    }).run({});
    expect(await all).toEqual([2, 1]);
  });
});

describe('an Observable as a sink', () => {
  it('gives the elements of a collection as well', async () => {
    const seen: number[] = [];
    await pipeline('squares', (p) => {
      toObservable(p.of([1, 2, 3]).map((n) => n * n)).subscribe((n) => seen.push(n));
    }).run();
    expect(seen.sort()).toEqual([1, 4, 9]);
  });

  it('emits committed elements and completes with the job', async () => {
    const squares = toObservable<number>();
    const all = lastValueFrom(squares.values$.pipe(toArray()));
    await pipeline('squares', (p) => {
      p.of([1, 2, 3])
        .map((n) => n * n)
        .write(squares.sink);
    }).run({});
    expect(await all).toEqual([1, 4, 9]);
  });

  it('keeps elements for the first subscriber', async () => {
    const out = toObservable<number>();
    await pipeline('early', (p) => {
      p.of([1, 2]).write(out.sink);
    }).run({});
    expect(await lastValueFrom(out.values$.pipe(toArray()))).toEqual([1, 2]);
  });

  it('fails if the job does, without elements of the bundle that failed', async () => {
    const out = toObservable<number>();
    const seen: number[] = [];
    const ended = new Promise((resolve) => {
      out.values$.subscribe({
        next: (n) => seen.push(n),
        error: resolve,
        complete: () => resolve('complete'),
      });
    });
    const job = pipeline('fails', (p) => {
      p.of([1, 2])
        .map((n) => {
          if (n === 2) throw new Error('on purpose');
          return n;
        })
        .write(out.sink);
    });
    await expect(job.run({})).rejects.toMatchObject({ code: 'STRAHL-4001' });
    expect(await ended).toMatchObject({ code: 'STRAHL-7102' });
    expect(seen).toEqual([]);
  });

  it('drops elements once the last subscriber has left', async () => {
    const out = toObservable<number>();
    const seen: number[] = [];
    const subscription = out.values$.subscribe((n) => seen.push(n));
    subscription.unsubscribe();
    await pipeline('left', (p) => {
      p.of([1, 2]).write(out.sink);
    }).run({});
    expect(seen).toEqual([]);
  });
});
