import { pipeline, source, type Source } from 'strahl';
import type { NexmarkEvent, Pace } from '../../test/nexmark/events.js';
import { QUERIES, type Query } from '../../test/nexmark/queries.js';
import { absoluteCase, NO_LIMIT, ratioCase, type Benchmark, type Case } from '../case.js';
import { contest } from '../measure.js';
import { EventLog } from '../nexmark/event-log.js';
import { LOOPS, type Row } from '../nexmark/loops.js';
import { pollute } from '../pollute.js';

/** `STRAHL_BENCH_SCALE=0.1` for a look; warming up weighs more then. */
const EVENTS = 1_000_000 * Number(process.env['STRAHL_BENCH_SCALE'] ?? 1);
const ROUNDS = 3;
/** Ten thousand events in a second of event time, in order. */
const PACE: Pace = { group: 1, delayUs: 100 };

/** Of the geometric mean of the ratios. */
const LIMIT = 2.5;

export const nexmark: Benchmark = {
  name: 'nexmark',
  about: 'ten queries of Nexmark over 1 M encoded events, each against a loop by hand',
  async run() {
    await pollute();
    const log = new EventLog(EVENTS, PACE);
    const cases: Case[] = [];
    for (const query of QUERIES) cases.push(await measured(query, log));
    const product = cases.reduce((all, { ours, peer }) => all * (ours / peer), 1);
    const mean = absoluteCase('geometric-mean', 'times', product ** (1 / cases.length), LIMIT);
    return [...cases, mean];
  },
};

async function measured(query: Query, log: EventLog): Promise<Case> {
  const [name = ''] = query.name.split(':');
  const loop = LOOPS[name]!;
  const result = await contest({
    ours: () => runQuery(query, log),
    peer() {
      const sum = new Checksum();
      loop(log, sum.add);
      return sum.value;
    },
    elements: log.count,
    rounds: ROUNDS,
  });
  return ratioCase(name, 'ns/event', result, NO_LIMIT);
}

export async function runQuery(query: Query, log: EventLog): Promise<number> {
  const sum = new Checksum();
  await pipeline(query.name, (p) =>
    query.build(p.read(eventsOf(log)), p, PACE).map((row) => {
      sum.add(row as Row);
    }),
  ).run({});
  return sum.value;
}

/** Sums up rows in any order. */
class Checksum {
  value = 0;
  readonly add = (row: Row): void => {
    this.value++;
    for (const field of row)
      this.value += typeof field === 'number' ? field % 65_536 : field.length;
  };
}

function eventsOf(log: EventLog): Source<NexmarkEvent, 'bounded'> {
  return source({
    name: 'events',
    bounded: 'bounded',
    initial: () => ({ from: 0, to: log.count }),
    read({ from, to }, { claim, emit }) {
      for (let n = from; n < to; n++) {
        if (!claim(n)) return;
        const event = log.event(n);
        emit(event, event.at);
      }
      claim(to);
    },
  });
}
