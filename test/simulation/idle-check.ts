// Sources that fall silent and come back: the time of the others goes on meanwhile, and nothing is lost.
import fc from 'fast-check';
import { fixed, pipeline, source, toList, type ReadContext } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { seededRandom } from '#runners/core/seeded-random.js';
import { collect } from '#sdk/testing/collect.js';
import type { Collected } from '#sdk/testing/collected.js';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';
import { floorMod } from './reference-windows.js';

/** What a part of the source does at a position: emits at a time, or looks in vain and waits. */
type Turn = number | 'silence';

interface Silence {
  /** The first part is the one that falls silent; the others go on. */
  readonly parts: readonly (readonly Turn[])[];
  readonly windowSize: number;
  /** Whether the clock of the machine is set forward and back meanwhile. */
  readonly jumps: boolean;
}

/** So often in a row the silent part looks in vain, far longer than it may hold the time of the others. */
const LOOKS = 12;

function silenceOf(seed: number): Silence {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const rising = (n: number): number[] => {
    let time = 0;
    return Array.from({ length: n }, () => (time += below(6)));
  };
  const silent = rising(2 + below(8));
  const at = 1 + below(silent.length - 1);
  const silence = Array.from({ length: LOOKS }, () => 'silence' as const);
  return {
    parts: [
      [...silent.slice(0, at), ...silence, ...silent.slice(at)],
      ...Array.from({ length: 1 + below(2) }, () => rising(1 + below(10))),
    ],
    windowSize: 2 + below(9),
    jumps: random() < 0.5,
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly part: number;
}

function sourceOf({ parts }: Silence, onReturn: () => void) {
  return source({
    bounded: 'unbounded',
    idleAfter: '2s',
    initial: (): Range => ({ from: 0, to: parts.length, part: -1 }),
    split: () => parts.map((turns, part): Range => ({ from: 0, to: turns.length, part })),
    read({ from, to, part }: Range, { claim, emit, watermark, resumeAfter }: ReadContext<number>) {
      const turns = parts[part]!;
      for (let i = from; i < to && claim(i); i++) {
        const turn = turns[i]!;
        if (turn === 'silence') {
          resumeAfter('2s');
          return;
        }
        if (turns[i - 1] === 'silence') onReturn();
        emit(turn, turn);
        watermark(turn);
      }
    },
  });
}

const startOf = (time: number, { windowSize }: Silence): number =>
  time - floorMod(time, windowSize);

/** What each window holds in the end, by its start. */
function contentsOf(silence: Silence, turns: readonly Turn[]): ReadonlyMap<number, string> {
  const times = turns.filter((turn) => turn !== 'silence').sort((a, b) => a - b);
  const starts = new Set(times.map((time) => startOf(time, silence)));
  const inside = (start: number): readonly number[] =>
    times.filter((time) => startOf(time, silence) === start);
  return new Map([...starts].map((start) => [start, inside(start).join()]));
}

async function problemsOf(seed: number, silence: Silence): Promise<string[]> {
  const out: Collected<readonly number[]>[] = [];
  /** Starts of windows in the order in which their panes came, and when the silent part came back. */
  const order: (number | 'return')[] = [];
  const reads = sourceOf(silence, () => order.push('return'));
  const test = pipeline('idle', (p) => {
    const panes = p
      .read(reads)
      .window(fixed(silence.windowSize), { allowedLateness: '10000d', panes: 'discarding' })
      .combineGloballyWith(toList<number>(), { emptyDefault: false })
      .map((times) => {
        order.push(startOf(times[0]!, silence));
        return times;
      });
    collect(panes, out);
  });
  const { faults, ...chaos } = chaosOf(seed);
  const jumps = silence.jumps ? 0.3 : 0;
  await test.run({}, { runner: directRunner({ ...chaos, faults: { ...faults, jumps } }) });

  const got = contentsOf(
    silence,
    out.flatMap(({ value }) => value),
  );
  const want = contentsOf(silence, silence.parts.flat());
  const lines = (contents: ReadonlyMap<number, string>): string =>
    [...contents]
      .map(([start, times]) => `${String(start)}: ${times}`)
      .sort()
      .join('; ');
  const problems =
    lines(got) === lines(want) ? [] : [`P4: ${lines(got)} instead of ${lines(want)}`];
  return silence.jumps ? problems : [...problems, ...heldUp(silence, order)];
}

/** WM-10: windows of the others alone do not wait for the part that is silent. */
function heldUp(silence: Silence, order: readonly (number | 'return')[]): readonly string[] {
  const [silent, ...others] = silence.parts;
  const seen = new Set(order.slice(0, order.indexOf('return')));
  const own = contentsOf(silence, silent!);
  return [...contentsOf(silence, others.flat()).keys()]
    .filter((start) => !own.has(start) && !seen.has(start))
    .map((start) => `WM-10: the window at ${String(start)} waits for a silent part`);
}

export const idle: Check = {
  name: 'silent sources',
  run: (seed) => problemsOf(seed, silenceOf(seed)),
  describe: (seed) => fc.stringify(silenceOf(seed)),
};
