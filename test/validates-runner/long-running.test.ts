import { describe, expect, it } from '@jest/globals';
import {
  count,
  eventTimer,
  fixed,
  pipeline,
  value,
  s,
  type Job,
  type JobState,
  type Root,
} from 'strahl';
import { memory } from 'strahl/io/memory';
import { onEveryRunner } from './runners.js';

/** Numbers without an end. */
function* endless(): Iterable<number> {
  for (let n = 0; ; n++) yield n;
}

/** Reads them, each at its number of seconds; `reached` is called when a function has seen the 20th. */
function numbers(p: Root, reached: () => void, eventTime: (n: number) => number = at) {
  return p.read(memory.iterable(endless(), { bounded: false, eventTime })).map((n, c) => {
    c.metrics.counter('seen').inc();
    if (n === 20) reached();
    return n;
  });
}

function signalled(): { readonly seen: Promise<void>; readonly tell: () => void } {
  let tell = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { seen, tell };
}

const at = (n: number): number => n * 1000;

onEveryRunner('a job without an end', (runner) => {
  it('DRN-1: fires all that it has when it is drained, and loses nothing that it read', async () => {
    const { seen, tell } = signalled();
    const counts: number[] = [];
    let read = 0;
    const job = await pipeline('drained', (p) =>
      numbers(p, tell)
        .map((n) => {
          read++;
          return n;
        })
        .window(fixed('1m'))
        .combineGloballyWith(count(), { emptyDefault: false })
        .write(memory.collect(counts)),
    ).runAsync({}, { runner: runner() });
    await seen;
    await job.drain();
    expect(job.state).toBe('DRAINED');
    await expect(job.result()).resolves.toMatchObject({ state: 'DRAINED' });
    expect(counts.reduce((a, b) => a + b, 0)).toBe(read);
    expect(read).toBeGreaterThanOrEqual(20);
  });

  it('DRN-1: runs event-time timers and the ends of windows', async () => {
    const { seen, tell } = signalled();
    const told: string[] = [];
    const job = await pipeline('timers', (p) =>
      numbers(p, tell)
        .keyBy((n) => n % 2)
        .window(fixed('1h'))
        .stateful({
          state: { seen: value(s.int, 0) },
          timers: { end: eventTimer() },
          element(_: number, c): string[] {
            c.state.seen.write(1);
            c.timers.end.at(c.window.maxTimestamp);
            return [];
          },
          onTimer: { end: (c): string[] => [`timer ${String(c.key)}`] },
          onWindowExpiration: (c): string[] => [`expired ${String(c.key)}`],
        })
        .write(memory.collect(told)),
    ).runAsync({}, { runner: runner() });
    await seen;
    await job.drain();
    expect(new Set(told)).toEqual(new Set(['timer 0', 'timer 1', 'expired 0', 'expired 1']));
  });

  it('DRN-2: may be cancelled while it is being drained, and then ends CANCELLED', async () => {
    const { seen, tell } = signalled();
    const blocked = signalled();
    const job = await pipeline('both', (p) =>
      numbers(p, tell)
        .window(fixed('1m'))
        .combineGloballyWith(count(), { emptyDefault: false })
        .map(async (n) => {
          blocked.tell();
          await new Promise<never>(() => undefined);
          return n;
        }),
    ).runAsync({}, { runner: runner() });
    await seen;
    const drained = job.drain();
    await blocked.seen;
    expect(job.state).toBe('DRAINING');
    await job.cancel();
    await drained;
    expect(job.state).toBe('CANCELLED');
  });

  it('tells of each change of state, and of what it reads and holds', async () => {
    const { seen, tell } = signalled();
    const states = new Set<JobState>();
    const rates: number[] = [];
    const job = await pipeline('told', (p) =>
      numbers(p, tell)
        .keyBy((n) => n % 3)
        .window(fixed('1h'))
        .combine({ n: count() }),
    ).runAsync({}, { runner: runner() });
    const completed = new Promise<void>((resolve) => {
      job.changes.subscribe({
        next: ({ state, rate, metrics, bounded }) => {
          states.add(state);
          rates.push(rate);
          expect(bounded).toBe(false);
          expect(metrics.counter('seen', { kind: 'attempted' })).toBeGreaterThanOrEqual(
            metrics.counter('seen'),
          );
        },
        complete: resolve,
      });
    });
    await seen;
    expect(
      job
        .health()
        .stages.map(({ name }) => name)
        .join(),
    ).toContain('combine');
    await job.drain();
    await completed;
    expect([...states]).toEqual(expect.arrayContaining(['DRAINING', 'DRAINED']));
    expect(rates.every((rate) => rate >= 0)).toBe(true);
    expect(job.metrics().counter('seen')).toBeGreaterThanOrEqual(20);
  });

  it('explains what a window waits for, from what is recorded', async () => {
    const { seen, tell } = signalled();
    const job = await windowed(tell).runAsync({}, { runner: runner() });
    await seen;
    const { text, step } = await explained(job);
    expect(step).toBe('combine');
    expect(text).toMatch(/no pane yet for \[.*\) key 0/);
    expect(text).toContain('waits for input watermark ≥');
    await job.cancel();
  });
});

const windowed = (reached: () => void) =>
  pipeline('windowed', (p) =>
    numbers(p, reached, () => at(0))
      .keyBy((n) => n % 3)
      .window(fixed('1h'))
      .combine({ n: count() }),
  );

/** Once a bundle was committed, the group is there. */
async function explained(job: Job): Promise<{ readonly text: string; readonly step: string }> {
  for (;;) {
    const explanation = job.explain({ step: 'combine', key: '0' });
    if (explanation.title.startsWith('no pane')) return explanation;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a job that has ended', () => {
  it('is drained by doing nothing', async () => {
    const job = await pipeline('over', (p) => p.of([1])).runAsync();
    await job.done;
    await job.drain();
    expect(job.state).toBe('DONE');
  });
});
