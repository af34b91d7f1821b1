// The queries of Nexmark, the benchmark that Beam, Flink and others share, against loops over the same events. What a bug
// here would look like: a pipeline whose parts all pass their tests, and whose result is wrong.
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { directRunner, type DirectRunnerOptions } from '#runners/direct/index.js';
import { pipeline, source, type Source } from '#sdk/index.js';
import { memory } from '#io/memory/index.js';
import { nexmarkEvent, timeOf, type NexmarkEvent, type Pace } from './events.js';
import { QUERIES } from './queries.js';

describe('the generator', () => {
  /** Of the first events with 100 µs between them, as Beam's generator in Java and an independent one make them. */
  it.each([
    [1, 1_000, 'f134bf3c6af2b1547c73b1c89939e6875f3ee1c360b7dc078a0b08c83051f346'],
    [10, 1_000, 'fcc6ecb25cfebaebaa6da0175e47a739bb16cee52984940a6dfeb1105e2b6341'],
  ])('makes the events of Beam, in groups of %i the first %i', (group, count, sha256) => {
    const hash = createHash('sha256');
    for (let n = 0; n < count; n++)
      hash.update(`${lineOf(nexmarkEvent(n, { group, delayUs: 100 }))}\n`, 'latin1');
    expect(hash.digest('hex')).toBe(sha256);
  });
});

function lineOf(event: NexmarkEvent): string {
  switch (event.kind) {
    case 'person': {
      const { id, name, email, card, city, state, at, extra } = event;
      return ['P', id, name, email, card, city, state, at, extra].join('\t');
    }
    case 'auction': {
      const { id, name, description, initialBid, reserve, at, expires } = event;
      const { seller, category, extra } = event;
      const offer = [id, name, description, initialBid, reserve, at, expires];
      return ['A', ...offer, seller, category, extra].join('\t');
    }
    case 'bid':
      return ['B', event.auction, event.bidder, event.price, event.at, event.extra].join('\t');
  }
}

const EVENTS = 2_500;
const BUNDLE = 250;
const PACE: Pace = { group: 10, delayUs: 25_000 };
const events = Array.from({ length: EVENTS }, (_, n) => nexmarkEvent(n, PACE));

/** As one batch, or with a watermark that follows the events. */
function nexmark(isStream: boolean): Source<NexmarkEvent, 'bounded'> {
  return source({
    name: 'nexmark',
    bounded: 'bounded',
    initial: () => ({ from: 0, to: EVENTS }),
    read(range, { claim, emit, watermark, resumeAfter }) {
      const end = isStream ? Math.min(range.to, range.from + BUNDLE) : range.to;
      for (let n = range.from; n < end; n++) {
        if (!claim(n)) return;
        emit(events[n]!, events[n]!.at);
      }
      if (isStream) watermark(timeOf(end, PACE));
      if (end < range.to) resumeAfter(0);
      else claim(end);
    },
  });
}

describe.each<readonly [string, boolean, DirectRunnerOptions]>([
  ['as a batch', false, {}],
  ['as a stream', true, {}],
  ['as a stream in three partitions, by bytes', true, { partitions: 3, connection: 'bytes' }],
  ['as a batch in little memory, drawn from a seed', false, { memory: 300_000, seed: 7 }],
])('the queries %s', (_, isStream, options) => {
  it.each(QUERIES.map((query) => [query.name, query] as const))('%s', async (name, query) => {
    const rows: unknown[] = [];
    await pipeline(name, (p) =>
      query.build(p.read(nexmark(isStream)), p, PACE).write(memory.collect(rows)),
    ).run({}, { runner: directRunner(options) });
    expect(sorted(rows)).toEqual(sorted(query.byHand(events)));
  });
});

function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
