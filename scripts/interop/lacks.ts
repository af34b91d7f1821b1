import { readFileSync } from 'node:fs';

/** What a list says of a test. */
export type Lack =
  /** Fails, and the list says why. */
  | 'fails'
  /** Fails or passes, as the peer happens to do things. */
  | 'either'
  /** Hangs the peer or takes it down, and with it the tests behind it: not run. */
  | 'left';

const MARKS: ReadonlyMap<string, Lack> = new Map([
  ['! ', 'left'],
  ['~ ', 'either'],
]);

/** Reads lines of `[mark] FILE › TEST :: what the peer says or does`. @throws for a line without a reason */
export function lacksIn(path: string): ReadonlyMap<string, Lack> {
  const lacks = new Map<string, Lack>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const end = line.indexOf(' :: ');
    if (end < 0 || line.slice(end + 4).trim() === '') throw new Error(`no reason: ${line}`);
    const mark = MARKS.get(line.slice(0, 2));
    lacks.set(line.slice(mark === undefined ? 0 : 2, end), mark ?? 'fails');
  }
  return lacks;
}
