/** What the catalogue of errors promises: each code is raised by something, and a test provokes it. */
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { ERROR_CATALOGUE, type ErrorKey } from '#portability/errors.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['portability', 'sdk', 'io', 'runners', 'cli', 'test'];
/** They speak of codes without provoking them. */
const SPEAKERS = /test\/errors\/(documentation|catalogue)\.test\.ts$|portability\/errors\.ts$/;

/** What a test cannot provoke in one process that has everything installed. */
const ELSEWHERE: ReadonlySet<string> = new Set<ErrorKey>([
  'packageMissing',
  'notDeterministicBuild',
]);

const files = ROOMS.flatMap((room) => sourcesIn(join(root, room))).filter(
  (file) => !SPEAKERS.test(file),
);
const isTest = (file: string): boolean =>
  /\.test\.ts$|\.fixture\.ts$|-rows\.ts$|\/test\//.test(file);
const contents = (wanted: (file: string) => boolean): string =>
  files
    .filter(wanted)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
const tests = contents(isTest);
const sources = contents((file) => !isTest(file));

it.each(Object.entries(ERROR_CATALOGUE))(
  '%s is raised, and provoked by a test',
  (key, { code }) => {
    expect(sources.includes(`'${key}'`)).toBe(true);
    if (!ELSEWHERE.has(key)) expect(tests.includes(code) || tests.includes(`'${key}'`)).toBe(true);
  },
);

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry: Dirent) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sourcesIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}
