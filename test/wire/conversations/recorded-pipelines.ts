import {
  bag,
  eventTimer,
  fixed,
  pipeline,
  s,
  source,
  tracker,
  type OffsetRange,
  type Pipeline,
} from 'strahl';

const WORDS = 'the quick brown fox jumps over the lazy dog the end'.split(' ');

/** A thing that is paced by the clock would be another conversation each time: restrictions resume at once. */
const countdown = source({
  name: 'countdown',
  element: s.int64,
  bounded: 'bounded',
  initial: () => ({ from: 0, to: 6 }),
  read(r, { claim, emit, resumeAfter }) {
    for (let i = r.from; claim(i); i++) {
      emit(6 - i);
      if (i === 2) {
        resumeAfter('0s');
        return;
      }
    }
  },
});

let tellOfSplit: () => void;
const split = new Promise<void>((resolve) => (tellOfSplit = resolve));

/** Stands still until a part of it was given away, so that this is done at the same place each time. */
const shared = source({
  name: 'shared',
  element: s.int64,
  bounded: 'bounded',
  tracker: tracker<OffsetRange, number>({
    claim: ({ to }, at) => at < to,
    split({ from, to }, fraction, last = from - 1) {
      const at = last + 1 + Math.floor((to - last - 1) * fraction);
      if (at >= to) return undefined;
      tellOfSplit();
      return [
        { from, to: at },
        { from: at, to },
      ];
    },
    progress: ({ from, to }, last = from - 1) => ({
      done: last + 1 - from,
      left: to - last - 1,
    }),
    done: ({ to }, last = -1) => last >= to - 1,
  }),
  initial: () => ({ from: 0, to: 10 }),
  async read(r, { claim, emit }) {
    for (let i = r.from; claim(i); i++) {
      emit(i);
      if (i === 2) await split;
    }
  },
});

/**
 * What is recorded with our worker; the functions are the same when it is replayed. Each ends in a shuffle, because
 * what nobody reads is not sent.
 */
export const RECORDED_PIPELINES: Readonly<Record<string, Pipeline>> = {
  'map-and-group': pipeline('map-and-group', (p) =>
    p
      .of(WORDS)
      .map((word) => word.toUpperCase())
      .keyBy((word) => word.length)
      .groupByKey()
      .map(async ([length, group]) => {
        const words = await group.toArray();
        return `${String(length)}: ${[...words].sort().join(' ')}`;
      })
      .reshuffle(),
  ),
  'lifted-combine': pipeline('lifted-combine', (p) =>
    p
      .of(WORDS)
      .keyBy((word) => word)
      .countPerKey()
      .map(([word, n]) => `${word} ${String(n)}`)
      .reshuffle(),
  ),
  'state-and-timers': pipeline('state-and-timers', (p) =>
    p
      .of([1, 2, 3, 4, 5, 6])
      .withTimestamps((n) => n * 1000)
      .window(fixed('10s'))
      .keyBy((n) => (n % 2 === 0 ? 'even' : 'odd'))
      .stateful({
        state: { seen: bag(s.int64) },
        timers: { flush: eventTimer() },
        element(n, { state, timers }) {
          state.seen.add(n);
          timers.flush.at(8000);
        },
        onTimer: {
          async *flush({ key, state }) {
            for await (const n of state.seen) yield `${key}: ${String(n)}`;
          },
        },
      })
      .map((text) => `${text}.`)
      .reshuffle(),
  ),
  'side-inputs': pipeline('side-inputs', (p) => {
    const lengths = p
      .of(['fox', 'dog', 'quick'])
      .keyBy((word) => word)
      .mapValues((word) => word.length);
    return p
      .of(WORDS)
      .with({ lengths: lengths.asMap(), all: p.of(['a', 'b', 'c']).asIterable() })
      .map(async (word, { lengths: known, all }) => {
        const rest = await all.toArray();
        return `${word} ${String(known.get(word) ?? '?')} ${[...rest].sort().join('')}`;
      })
      .reshuffle();
  }),
  splittable: pipeline('splittable', (p) =>
    p
      .read(countdown)
      .map((n) => `${String(n)} to go`)
      .reshuffle(),
  ),
  split: pipeline('split', (p) =>
    p
      .read(shared)
      .map((n) => `row ${String(n)}`)
      .reshuffle(),
  ),
};
