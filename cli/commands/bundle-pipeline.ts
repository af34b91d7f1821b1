import { resolve } from 'node:path';
import type * as Esbuild from 'esbuild';
import { StrahlError } from '#portability/errors.js';

/**
 * A file and all it imports as one ES module; this package stays an import, which the worker resolves to its own.
 *
 * @throws STRAHL-9009 without esbuild, STRAHL-9006 for a file that cannot be bundled
 */
export async function bundlePipeline(file: string, directory: string): Promise<Uint8Array> {
  const { build } = await loadEsbuild();
  try {
    const { outputFiles } = await build({
      entryPoints: [resolve(directory, file)],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['strahl', 'strahl/*'],
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
      // Packages in the old module format ask for their imports at run time.
      banner: {
        js: "import { createRequire as strahlRequire } from 'node:module'; const require = strahlRequire(import.meta.url);",
      },
    });
    return outputFiles[0]!.contents;
  } catch (cause) {
    const { message } = cause as { readonly message?: string };
    throw new StrahlError('noPipelineInFile', {
      title: `${file} cannot be bundled for workers`,
      why: message ?? String(cause),
      cause,
    });
  }
}

async function loadEsbuild(): Promise<typeof Esbuild> {
  try {
    return await import('esbuild');
  } catch (cause) {
    throw new StrahlError('packageMissing', {
      title: 'bundling a pipeline for workers needs the package esbuild, which is not installed',
      fix: 'npm install --save-dev esbuild, or --environment loopback',
      cause,
    });
  }
}
