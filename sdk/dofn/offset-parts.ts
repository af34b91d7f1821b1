import { StrahlError } from '#portability/errors.js';
import type { OffsetRange } from './offset-tracker.js';

/**
 * Parts of a range of positions must be exactly that range. Ranges with other further fields than the whole are left
 * alone: they may count positions of something else, such as files.
 *
 * @throws STRAHL-4010 for parts that leave positions out, hold some twice or reach outside
 */
export function checkOffsetParts(whole: OffsetRange, parts: readonly OffsetRange[]): void {
  if (!parts.every((part) => isComparable(whole, part))) return;
  const end = endOf(whole);
  let reached = whole.from;
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    const { from } = part;
    const to = endOf(part);
    if (to < from) throw broken(whole, `hold ${textOf(from, to)}, which ends before it begins`);
    if (to === from) continue;
    if (from < whole.from) throw outside(whole, from, Math.min(to, whole.from));
    if (to > end) throw outside(whole, Math.max(from, end), to);
    if (from > reached) throw leftOut(whole, reached, from);
    if (from < reached) throw broken(whole, `hold ${textOf(from, Math.min(to, reached))} twice`);
    reached = to;
  }
  if (reached < end) throw leftOut(whole, reached, end);
}

function isComparable(whole: OffsetRange, part: OffsetRange): boolean {
  const fields = new Set([...Object.keys(whole), ...Object.keys(part)]);
  fields.delete('from');
  fields.delete('to');
  const value = (r: OffsetRange, field: string): unknown => Reflect.get(r, field);
  return [...fields].every((field) => Object.is(value(whole, field), value(part, field)));
}

/** An end that nobody knows has two names. */
function endOf({ to }: OffsetRange): number {
  return to >= Number.MAX_SAFE_INTEGER ? Infinity : to;
}

function leftOut(whole: OffsetRange, from: number, to: number): StrahlError {
  return broken(whole, `leave ${textOf(from, to)} out`);
}

function outside(whole: OffsetRange, from: number, to: number): StrahlError {
  return broken(whole, `hold ${textOf(from, to)}, which is outside of it`);
}

function broken(whole: OffsetRange, what: string): StrahlError {
  return new StrahlError('badRestriction', {
    title: `the parts of the restriction ${textOf(whole.from, endOf(whole))} ${what}`,
    why: 'what is in no part is never read, and what is in two is read twice',
    fix: 'return parts from split that together are exactly the restriction',
  });
}

function textOf(from: number, to: number): string {
  return `[${String(from)}, ${String(to)})`;
}
