import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { PlantedBug } from './bugs.js';

const ENTRY = 'test/simulation/planted/hunt.ts';

/**
 * Bundles the simulation with the engine, in which one text of one file is replaced. So the sources know
 * nothing of their bugs.
 *
 * @throws if the text is not there exactly once: then the bug must be planted anew
 */
export async function plant(bug: PlantedBug | undefined, outfile: string): Promise<void> {
  const planted: string[] = [];
  await build({
    entryPoints: [ENTRY],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['strahl-source'],
    target: 'node20',
    logLevel: 'error',
    // Some of what is bundled asks for `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: bug === undefined ? [] : [replacing(bug, planted)],
  });
  if (bug !== undefined && planted.length === 0)
    throw new Error(`${bug.file} is not part of the simulation`);
}

function replacing({ file, right, wrong }: PlantedBug, planted: string[]): Plugin {
  return {
    name: 'plant',
    setup(under): void {
      under.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (relative(process.cwd(), path) !== file) return undefined;
        const parts = (await readFile(path, 'utf8')).split(right);
        if (parts.length !== 2) {
          throw new Error(
            `${file} has the text ${String(parts.length - 1)} times instead of once:\n${right}`,
          );
        }
        planted.push(path);
        return { contents: parts.join(wrong), loader: 'ts' };
      });
    },
  };
}
