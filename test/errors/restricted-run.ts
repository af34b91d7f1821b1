/**
 * A process that may do less than the tests: it loads everything, gives up what its first argument names, and then
 * makes the calls of its second argument, a JSON list of command lines. It prints what became of each as JSON.
 */
import { runCommandLine } from '#cli/main.js';
import { keptTerminal } from '#cli/terminal/terminal.fixture.js';

/** What came of one call. */
export interface RestrictedOutcome {
  readonly exit: number;
  readonly errors: string;
  readonly milliseconds: number;
}

/** The user `nobody` of every Unix. */
const NOBODY = 65_534;

const [restriction = '', warmUp = '[]', calls = '[]'] = process.argv.slice(2);

// All was translated before: nothing is left to tsx.
Object.assign(globalThis, { [Symbol.for('strahl.tsx')]: true });
// The limits are for the job, not for the translation of the files that it needs.
await outcomeOf(JSON.parse(warmUp) as readonly string[]);
if (restriction === 'nobody') becomeNobody();
const outcomes: RestrictedOutcome[] = [];
for (const call of JSON.parse(calls) as readonly (readonly string[])[]) {
  outcomes.push(await outcomeOf(call));
}
process.stdout.write(JSON.stringify(outcomes));

async function outcomeOf(words: readonly string[]): Promise<RestrictedOutcome> {
  const terminal = keptTerminal({ arguments: words, directory: process.cwd() });
  const start = performance.now();
  const exit = await runCommandLine(terminal);
  return { exit, errors: terminal.errors(), milliseconds: performance.now() - start };
}

/** Root may read and write everything; anybody else is held to the permissions already. */
function becomeNobody(): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
  if (process.getuid() !== NOBODY) throw new TypeError('the process is still root');
}
