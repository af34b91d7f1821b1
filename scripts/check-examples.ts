/**
 * Every name that a door of the package exports, a type too, says what it is and shows one example with it, so that an
 * editor can show both. That the examples compile is the affair of `check-docs.ts`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PublicSymbols } from './public-symbols.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly 'strahl-source': string }>>;
};
const symbols = new PublicSymbols(root);
const seen = new Set<string>();
const wrong: string[] = [];
for (const [door, target] of Object.entries(exports)) {
  if (typeof target === 'string') continue;
  for (const symbol of symbols.ofDoor(target['strahl-source'].slice(2))) {
    const { name, file, line, examples, isShown, documented, isInternal } = symbol;
    // One name may be behind several doors.
    if (isInternal || seen.has(`${file} ${name}`)) continue;
    seen.add(`${file} ${name}`);
    const problem = !documented
      ? 'is not described'
      : examples !== 1
        ? `has ${String(examples)} @example, not 1`
        : isShown
          ? undefined
          : 'does not stand in its @example';
    if (problem !== undefined)
      wrong.push(`${file}:${String(line)}: ${name} of strahl${door.slice(1)} ${problem}`);
  }
}
for (const line of wrong) console.log(line);
if (wrong.length === 0)
  console.log(`${String(seen.size)} public names are described, with examples`);
process.exitCode = wrong.length === 0 ? 0 : 1;
