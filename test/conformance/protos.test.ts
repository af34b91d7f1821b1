import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { EnumFacts, FileFacts, MessageFacts } from '../../scripts/protos/facts.js';
import { readProtos } from '../../scripts/protos/read-protos.js';

/**
 * A wrong number here would not fail anywhere else: both ends of our own tests would agree on it, and
 * only a runner or worker of another project would misread us.
 */
const theirs = JSON.parse(
  readFileSync(new URL('data/beam_model.json', import.meta.url), 'utf8'),
) as FileFacts[];
const ours = readProtos();

const byName = <T extends { readonly name: string }>(facts: readonly T[]): Record<string, T> =>
  Object.fromEntries(facts.map((f) => [f.name, f] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

const byNumber = (a: { number: number }, b: { number: number }): number => a.number - b.number;

/** Order within a text is free; ranges written apart or together are the same. */
function normalMessage(m: MessageFacts): MessageFacts {
  return {
    ...m,
    fields: [...m.fields].sort(byNumber),
    oneofs: [...m.oneofs].sort(),
    reserved: [...m.reserved].sort(([a], [b]) => a - b),
  };
}

function normalEnum(e: EnumFacts): EnumFacts {
  return { ...e, values: [...e.values].sort(byNumber) };
}

const all = <K extends keyof FileFacts>(files: readonly FileFacts[], kind: K): FileFacts[K] =>
  files.flatMap((file) => file[kind] as readonly unknown[]) as never;

describe('our proto texts and the descriptors of Beam', () => {
  it('have the same messages: fields, numbers, types, labels, oneofs, reserved numbers and names', () => {
    const expected = all(theirs, 'messages').map(normalMessage);
    expect(byName(all(ours, 'messages').map(normalMessage))).toEqual(byName(expected));
    expect(expected.length).toBeGreaterThan(200);
  });

  it('have the same enum values with the same numbers, URNs and constants', () => {
    expect(byName(all(ours, 'enums').map(normalEnum))).toEqual(
      byName(all(theirs, 'enums').map(normalEnum)),
    );
  });

  it('have the same services, methods and streams', () => {
    expect(byName(all(ours, 'services'))).toEqual(byName(all(theirs, 'services')));
  });

  it('have the same extensions', () => {
    expect(byName(all(ours, 'extensions'))).toEqual(byName(all(theirs, 'extensions')));
  });

  it('put each message into the package where its peer looks for it', () => {
    const packages = (files: readonly FileFacts[]): Set<string> =>
      new Set(files.map((file) => file.package));
    expect(packages(ours)).toEqual(packages(theirs));
  });
});
