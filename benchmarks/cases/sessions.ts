import { pipeline, sessions as sessionWindows } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { bestCpuOf } from '../measure.js';
import { pollute } from '../pollute.js';
import { stampedEvents } from './stamped-events.js';
import { stringKeys } from './keys.js';

const ELEMENTS = 5_000_000;
const KEYS = 100_000;
const ROUNDS = 2;
/** Each key has a visit every 100 s of event time, which is one round over all keys. */
const STEP = 1;
const ROUND = KEYS * STEP;
const GAP = 1.5 * ROUND;

export const sessions: Benchmark = {
  name: 'sessions',
  about: 'count per key in sessions, 5 M elements over 100 k keys, one in ten joins two sessions',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const best = (await bestCpuOf(() => counts(keys), ROUNDS)) / ELEMENTS;
    const byHand = (await bestCpuOf(() => countedByHand(keys), ROUNDS)) / ELEMENTS;
    const note = `a loop over a Map takes ${byHand.toFixed(0)}`;
    return [{ ...absoluteCase('count', 'ns/element', best, 400), note }];
  },
};

/**
 * Of ten visits of a key the eighth has the time of the fifth, which itself has the time of the fourth: until
 * it comes, those before and behind are two sessions. Its own time stays empty, so that a new session begins there.
 */
function lagOf(n: number): number {
  const visit = Math.floor(n / KEYS) % 10;
  return visit === 7 ? 3 * ROUND : visit === 4 ? ROUND : 0;
}

async function counts(keys: readonly string[]): Promise<void> {
  let total = 0;
  await pipeline('sessions', (p) =>
    p
      .read(stampedEvents({ count: ELEMENTS, step: STEP, lag: lagOf, disorder: 5 * ROUND }))
      .map((n): readonly [string, number] => [keys[n % KEYS]!, 1])
      .keyed()
      .window(sessionWindows(GAP))
      .countPerKey()
      .map(([, n]) => {
        total += n;
      }),
  ).run({});
  if (total !== ELEMENTS) throw new Error(`the sessions hold ${String(total)} elements`);
}

interface Session {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** What one would write for this input alone: no bytes, no bundles, and no way to go on after a failure. */
function countedByHand(keys: readonly string[]): void {
  const open = new Map<string, Session[]>();
  let total = 0;
  for (let n = 0; n < ELEMENTS; n++) {
    const key = keys[n % KEYS]!;
    const watermark = n * STEP - 5 * ROUND;
    let start = n * STEP - lagOf(n);
    let end = start + GAP;
    let count = 1;
    const rest: Session[] = [];
    for (const session of open.get(key) ?? []) {
      if (session.start < end && start < session.end) {
        start = Math.min(start, session.start);
        end = Math.max(end, session.end);
        count += session.count;
      } else if (session.end <= watermark) total += session.count;
      else rest.push(session);
    }
    rest.push({ start, end, count });
    open.set(key, rest);
  }
  for (const sessions of open.values()) for (const { count } of sessions) total += count;
  if (total !== ELEMENTS) throw new Error(`the loop counts ${String(total)} elements`);
}
