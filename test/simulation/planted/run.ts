// Plants each bug in turn and asks the simulation to find it: `npm run test:planted [name]`.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BUGS, type PlantedBug } from './bugs.js';
import { plant } from './plant.js';

const SEEDS = 200;
const FOLDER = '.cache/planted';
const run = promisify(execFile);

interface Find {
  readonly seed: number;
  readonly check?: string;
  readonly problem?: string;
}

async function hunt(bug: PlantedBug | undefined, name: string): Promise<Find> {
  const outfile = `${FOLDER}/${name}.mjs`;
  await plant(bug, outfile);
  const { stdout } = await run(process.execPath, [outfile, String(SEEDS)], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Find;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(only: string | undefined): Promise<number> {
  await mkdir(FOLDER, { recursive: true });
  const bugs = BUGS.filter(({ name }) => only === undefined || name.includes(only));
  const sound = await hunt(undefined, 'sound');
  if (sound.seed !== 0) {
    say(
      `without a bug, seed ${String(sound.seed)} finds one (${String(sound.check)}): ${String(sound.problem)}`,
    );
    return 1;
  }
  let found = 0;
  let most = 0;
  for (const bug of bugs) {
    const { seed, check, problem } = await hunt(bug, bug.name.replaceAll(' ', '-'));
    if (seed > 0) found++;
    most = Math.max(most, seed);
    const how =
      seed === 0
        ? 'NOT FOUND'
        : `seed ${String(seed)}, ${String(check)}: ${String(problem).split('\n')[0]!.slice(0, 100)}`;
    say(`${bug.name}: ${how}`);
  }
  say(
    `${String(found)} of ${String(bugs.length)} planted bugs found, at most ${String(most)} seeds`,
  );
  return found === bugs.length ? 0 : 1;
}

process.exitCode = await main(process.argv[2]);
