import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as urns from '../../portability/urns.js';
import type { EnumFacts, FileFacts } from '../../scripts/protos/facts.js';

const files = JSON.parse(
  readFileSync(new URL('data/beam_model.json', import.meta.url), 'utf8'),
) as FileFacts[];

const constants: ReadonlySet<string> = new Set(
  Object.values(urns).flatMap((table) => Object.values<string>(table)),
);

function urnsOf(e: EnumFacts): string[] {
  return e.values.flatMap(({ options = {} }) => {
    const { beam_urn, monitoring_info_spec } = options;
    const urn = beam_urn ?? (monitoring_info_spec as { urn: string } | undefined)?.urn;
    return urn === undefined ? [] : [urn as string];
  });
}

describe('the named URNs', () => {
  it.each(files.flatMap((file) => file.enums).filter((e) => urnsOf(e).length > 0))(
    'hold each URN of $name',
    (e) => {
      expect(urnsOf(e).filter((urn) => !constants.has(urn))).toEqual([]);
    },
  );

  it('hold nothing that Beam does not know', () => {
    const known = new Set(files.flatMap((file) => file.enums.flatMap(urnsOf)));
    const ours = [...constants].filter((name) => name.startsWith('beam:'));
    expect(ours.filter((urn) => !known.has(urn))).toEqual([]);
  });
});
