import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { pipeline, type Pipeline } from 'strahl';
import { memory } from 'strahl/io/memory';
import { text } from 'strahl/io/text';
import { onEveryRunner } from './runners.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-cancel-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Something that a function waits for the test to see. */
function signalled(): { readonly seen: Promise<void>; readonly tell: () => void } {
  let tell = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { seen, tell };
}

interface Running {
  readonly what: string;
  /** Calls `reached` once the job is in the middle of its work. */
  readonly build: (reached: () => void) => Pipeline;
}

const RUNNING: readonly Running[] = [
  {
    what: 'a synchronous source feeds a file',
    build: (reached) =>
      pipeline('synchronous', (p) =>
        p
          .generateSequence({ to: 1e12 })
          .map((n) => {
            if (n === 20) reached();
            return `line ${String(n)}`;
          })
          .write(text.sink(join(folder, 'made', 'out.txt'))),
      ),
  },
  {
    what: 'an endless iterable feeds a file',
    build: (reached) =>
      pipeline('iterable', (p) =>
        p
          .read(
            memory.iterable(
              (function* () {
                for (let n = 0; ; n++) yield n;
              })(),
            ),
          )
          .map((n) => {
            if (n === 20) reached();
            return `line ${String(n)}`;
          })
          .write(text.sink(join(folder, 'made', 'out.txt'))),
      ),
  },
  {
    what: 'an asynchronous function waits for its signal',
    build: (reached) =>
      pipeline('asynchronous', (p) => {
        const lines = p.of(['a', 'b', 'c']);
        lines.write(text.sink(join(folder, 'early.txt')));
        lines
          .reshuffle()
          .map(async (line, { signal }) => {
            reached();
            await new Promise<void>((resolve) => {
              if (signal.aborted) resolve();
              else signal.addEventListener('abort', () => resolve(), { once: true });
            });
            return line;
          })
          .write(text.sink(join(folder, 'made', 'out.txt')));
      }),
  },
  {
    what: 'an asynchronous function never answers',
    build: (reached) =>
      pipeline('never', (p) =>
        p
          .of(['a'])
          .map(async (line) => {
            reached();
            await new Promise<never>(() => undefined);
            return line;
          })
          .write(text.sink(join(folder, 'made', 'out.txt'))),
      ),
  },
];

onEveryRunner('cancellation', (runner) => {
  it.each(RUNNING)('while $what leaves nothing behind', async ({ build }) => {
    const { seen, tell } = signalled();
    const job = await build(tell).runAsync({}, { runner: runner() });
    await seen;
    await job.cancel();
    expect(job.state).toBe('CANCELLED');
    await expect(job.result()).rejects.toMatchObject({ code: 'STRAHL-7102' });
    expect(readdirSync(folder).filter((name) => name !== 'early.txt')).toEqual([]);
  });

  it.each(RUNNING)('by a signal while $what rejects run', async ({ build }) => {
    const { seen, tell } = signalled();
    const abort = new AbortController();
    const run = build(tell).run({}, { runner: runner(), signal: abort.signal });
    const ended = expect(run).rejects.toMatchObject({ code: 'STRAHL-7102' });
    await seen;
    abort.abort();
    await ended;
    expect(readdirSync(folder).filter((name) => name !== 'early.txt')).toEqual([]);
  });
});
