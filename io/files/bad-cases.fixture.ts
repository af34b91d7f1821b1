import { expect, it } from '@jest/globals';
import type { BadRecords, ReadOutcome } from './bad-records.js';
import type { TempFolder } from './temp-folder.fixture.js';

/** One way in which a file is bad. */
export interface BadCase {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly code: string;
  readonly text: RegExp;
  /** What the other records are, when the bad ones are left out; absent if the whole file is refused. */
  readonly rest?: readonly unknown[];
}

let files = 0;

type Read = (
  file: string,
  badRecords: BadRecords,
) => Promise<{ elements: unknown[]; counters: Map<string, number> }>;

/** Tests each case under each policy: fail, skip and dead letter. */
export function itRefuses(
  folder: TempFolder,
  cases: readonly BadCase[],
  extension: string,
  read: Read,
): void {
  it.each(cases.map((bad) => [bad.name, bad] as const))('%s', async (_, bad) => {
    const file = folder.write(`case-${String(files++)}.${extension}`, bad.content);
    const error: unknown = await read(file, 'fail').catch((e: unknown) => e);
    expect(error).toMatchObject({ code: bad.code });
    expect((error as Error).message).toMatch(bad.text);
    expect((error as Error).message).toContain(file);
    if (bad.rest === undefined) {
      await expect(read(file, 'skip')).rejects.toMatchObject({ code: bad.code });
      return;
    }
    const skipped = await read(file, 'skip');
    expect(skipped.elements).toEqual(bad.rest);
    expect(skipped.counters.get('bad_records')).toBeGreaterThan(0);
    const outcomes = (await read(file, 'dead-letter')).elements as ReadOutcome<unknown>[];
    const good = outcomes.flatMap((o) => (o.kind === 'record' ? [o.value] : []));
    const dead = outcomes.flatMap((o) => (o.kind === 'dead' ? [o.letter] : []));
    expect(good).toEqual(bad.rest);
    expect(dead[0]).toMatchObject({ file, raw: expect.any(String), why: expect.any(String) });
    expect(dead).toHaveLength(skipped.counters.get('bad_records') ?? 0);
  });
}
