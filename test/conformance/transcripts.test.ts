// Beam's trigger transcripts on the grouping engine. A bug here would look like a pane too many, one too few,
// or one with another content, timestamp or index than every other runner of the model emits.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { play, type Action, type Transcript, type Way } from './transcript-driver.js';
import { windowingOf } from './transcript-windowing.js';

const documents = JSON.parse(
  readFileSync(new URL('data/trigger_transcripts.json', import.meta.url), 'utf8'),
) as readonly Transcript[];

const right = documents.filter(({ error }) => error === undefined);
const wrong = documents.filter(({ error }) => error !== undefined);

const WAYS: readonly (readonly [string, Way])[] = [
  ['GroupByKey', { combines: false, general: false }],
  ['GroupByKey by the grouping for any trigger', { combines: false, general: true }],
  ['CombinePerKey', { combines: true, general: false }],
  ['CombinePerKey by the grouping for any trigger', { combines: true, general: true }],
];

/** Bundles that mean the same where the order of elements does not matter (invariant P8). */
const ARRANGEMENTS: Readonly<
  Record<string, (input: readonly number[]) => readonly (readonly number[])[]>
> = {
  'as written': (input) => [input],
  reversed: (input) => [[...input].reverse()],
  shuffled: (input) => [[...input].sort((a, b) => ((a * 7) % 11) - ((b * 7) % 11))],
  'one element a bundle': (input) => input.map((t) => [t]),
  'one element a bundle, reversed': (input) => [...input].reverse().map((t) => [t]),
  'two elements a bundle': (input) =>
    input.flatMap((_, i) => (i % 2 === 0 ? [input.slice(i, i + 2)] : [])),
};

function isOrderAgnostic(transcript: Transcript): boolean {
  const { trigger, accumulation } = windowingOf(transcript);
  return trigger.kind === 'default' && accumulation === 'accumulating';
}

function arranged(
  { transcript, ...rest }: Transcript,
  split: (input: readonly number[]) => readonly (readonly number[])[],
): Transcript {
  const actions = transcript.flatMap((action): readonly Action[] =>
    'input' in action ? split(action.input).map((input) => ({ input })) : [action],
  );
  return { ...rest, transcript: actions };
}

it('there are 18 transcripts, five of which are wrong', () => {
  expect([documents.length, wrong.length]).toEqual([18, 5]);
});

describe.each(WAYS)('transcripts through %s', (_, way) => {
  it.each(right.map((of, n) => [`${String(n + 1)} ${of.name}`, of] as const))('%s', (_, of) => {
    expect(() => {
      play(of, way);
    }).not.toThrow();
  });

  it.each(wrong.map((of) => [of.name, of] as const))('refuse %s', (_, of) => {
    expect(() => {
      play(of, way);
    }).toThrow(new RegExp(of.error!));
  });
});

describe.each(Object.entries(ARRANGEMENTS))('order-agnostic transcripts, %s', (_, split) => {
  const rows = right
    .filter(isOrderAgnostic)
    .flatMap((of, n) =>
      WAYS.map(([name, way]) => [`${String(n + 1)} ${of.name}`, name, of, way] as const),
    );

  it.each(rows)('%s through %s', (_, __, of, way) => {
    expect(() => {
      play(arranged(of, split), way);
    }).not.toThrow();
  });
});
