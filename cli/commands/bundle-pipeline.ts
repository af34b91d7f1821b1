import { resolve } from 'node:path';
import type * as Esbuild from 'esbuild';
import { StrahlError } from '#portability/errors.js';

/** Where the places of the source are kept that belong to those of the bundle. */
export type SourceMap = 'inline' | 'file' | 'none';

export interface BundleSettings {
  /** Where the bundle is to lie. */
  readonly outfile: string;
  readonly sourceMap: SourceMap;
  readonly minify: boolean;
  /** Packages that stay imports. */
  readonly external: readonly string[];
  /** What to do without esbuild. */
  readonly fix: string;
}

export interface Bundle {
  readonly module: Uint8Array;
  readonly map?: Uint8Array;
}

const FOR_WORKERS: BundleSettings = {
  outfile: 'pipeline.js',
  sourceMap: 'inline',
  minify: false,
  external: [],
  fix: 'npm install --save-dev esbuild, or --environment loopback',
};

const ESBUILD_MAPS = { inline: 'inline', file: 'linked', none: false } as const;

/**
 * A file and all it imports as one ES module; this package stays an import, which the worker resolves to its own.
 *
 * @throws STRAHL-9009 without esbuild, STRAHL-9006 for a file that cannot be bundled
 */
export async function bundlePipeline(
  file: string,
  directory: string,
  settings: BundleSettings = FOR_WORKERS,
): Promise<Bundle> {
  const { build } = await loadEsbuild(settings.fix);
  try {
    const { outputFiles } = await build({
      entryPoints: [resolve(directory, file)],
      outfile: settings.outfile,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['strahl', 'strahl/*', ...settings.external],
      sourcemap: ESBUILD_MAPS[settings.sourceMap],
      sourcesContent: false,
      minify: settings.minify,
      // Composites give their names to steps.
      keepNames: true,
      logLevel: 'silent',
      // Packages in the old module format ask for their imports at run time.
      banner: {
        js: "import { createRequire as strahlRequire } from 'node:module'; const require = strahlRequire(import.meta.url);",
      },
    });
    const map = outputFiles.find(({ path }) => path.endsWith('.map'))?.contents;
    const module = outputFiles.find(({ path }) => !path.endsWith('.map'))!.contents;
    return { module, ...(map === undefined ? {} : { map }) };
  } catch (cause) {
    const { message } = cause as { readonly message?: string };
    throw new StrahlError('noPipelineInFile', {
      title: `${file} cannot be bundled`,
      why: message ?? String(cause),
      cause,
    });
  }
}

async function loadEsbuild(fix: string): Promise<typeof Esbuild> {
  try {
    return await import('esbuild');
  } catch (cause) {
    throw new StrahlError('packageMissing', {
      title: 'bundling a pipeline needs the package esbuild, which is not installed',
      fix,
      cause,
    });
  }
}
