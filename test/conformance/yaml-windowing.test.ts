// Beam's YAML test of the four standard window functions. A bug here would look like a sum over the wrong
// elements, first of all for windows that begin before the epoch.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  fixed,
  globalWindow,
  sessions,
  sliding,
  sum,
  type DurationLike,
  type WindowFn,
} from 'strahl';
import { runTest } from 'strahl/testing';

interface Row {
  readonly k: string;
  readonly t: number;
}

interface Windowing {
  readonly type: 'global' | 'fixed' | 'sliding' | 'sessions';
  readonly size?: DurationLike;
  readonly offset?: DurationLike;
  readonly period?: DurationLike;
  readonly gap?: DurationLike;
}

interface Step {
  readonly type: string;
  readonly name?: string;
  readonly config?: { readonly elements?: readonly Row[]; readonly windowing?: Windowing };
  readonly windowing?: Windowing;
  readonly transforms?: readonly Step[];
}

const [file] = JSON.parse(
  readFileSync(new URL('data/beam_yaml_windowing.json', import.meta.url), 'utf8'),
) as readonly [{ readonly pipelines: readonly { readonly pipeline: Step }[] }];

function windowFnOf({ type, size, offset, period, gap }: Windowing): WindowFn {
  switch (type) {
    case 'global':
      return globalWindow();
    case 'fixed':
      return fixed(size!, offset === undefined ? {} : { offset });
    case 'sliding':
      return sliding(size!, period!);
    case 'sessions':
      return sessions(gap!);
  }
}

const sorted = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ k, t }) => `${k} ${String(t)}`).sort();

describe.each(file.pipelines.map(({ pipeline }) => pipeline))('the YAML test', ({ transforms }) => {
  const [create, stamp, ...chains] = transforms!;

  it('assigns timestamps before it windows', () => {
    expect([create?.type, stamp?.type]).toEqual(['Create', 'AssignTimestamps']);
    expect(chains.map(({ name }) => name)).toEqual(['Global', 'Fixed', 'Sliding', 'Sessions']);
  });

  it.each(chains.map((chain) => [chain.name!, chain.transforms!] as const))(
    '%s: sums per key and window',
    async (_, [combine, assert]) => {
      const { out } = await runTest((p) => ({
        out: p
          .of<Row>(create!.config!.elements!)
          .withTimestamps((row) => row.t * 1000)
          .window(windowFnOf((combine!.windowing ?? combine!.config!.windowing)!))
          .keyBy('k')
          .combine({ t: sum((row) => row.t) })
          .map(([k, { t }]) => ({ k, t })),
      }));
      expect(sorted(out.values)).toEqual(sorted(assert!.config!.elements!));
    },
  );
});
