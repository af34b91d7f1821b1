/**
 * Every name that a door of the package exports says what it is, and what a program can call or read shows one example,
 * so that an editor can show both. That the examples compile is the affair of `check-docs.ts`. `--types` also
 * lists the types that show none.
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
    const { name, file, line, examples, documented, isType, isInternal } = symbol;
    // One name may be behind several doors.
    if (isInternal || seen.has(`${file} ${name}`)) continue;
    seen.add(`${file} ${name}`);
    const expected = isType && !process.argv.includes('--types') ? Math.min(examples, 1) : 1;
    const problem = !documented
      ? 'is not described'
      : examples === expected
        ? undefined
        : `has ${String(examples)} @example, not ${String(expected)}`;
    if (problem !== undefined)
      wrong.push(`${file}:${String(line)}: ${name} of strahl${door.slice(1)} ${problem}`);
  }
}
for (const line of wrong) console.log(line);
if (wrong.length === 0)
  console.log(`${String(seen.size)} public names are described, with examples`);
process.exitCode = wrong.length === 0 ? 0 : 1;
