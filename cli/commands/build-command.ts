import { createHash } from 'node:crypto';
import { join, parse, relative, resolve } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import type { PipelineDescription } from '#sdk/pipeline-description.js';
import type { ParsedFlags } from '../flags/flags.js';
import { eventOf, type Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';
import { bundlePipeline, type SourceMap } from './bundle-pipeline.js';
import { writeWhole } from './write-whole.js';

export interface BuildRequest {
  readonly file: string;
  readonly exportName: string | undefined;
  readonly description: PipelineDescription;
  /** `undefined` where the pipeline needs options and none are given: its graph is not known then. */
  readonly options: unknown;
  readonly flags: ParsedFlags['flags'];
  readonly terminal: Terminal;
  readonly report: Report;
}

/** What stands beside a bundle: which pipeline it is, and whether another one is the same. */
interface Manifest {
  readonly pipeline: string;
  readonly export: string;
  readonly bundle: string;
  /** Of the bundle: another one when any code has changed. */
  readonly sha256: string;
  /** Of the steps, their names, coders and windows with the options given: the same when only functions have changed. */
  readonly graph?: string;
}

/** Writes the file of a pipeline and all that it imports as one module, and what it is. Resolves with the exit code. */
export async function buildCommand(request: BuildRequest): Promise<number> {
  const { file, exportName, description, options, flags, terminal, report } = request;
  const folder = resolve(terminal.directory, flags.get('out')?.[0] ?? 'dist');
  const { name } = parse(file);
  const bundle = `${name}.js`;
  if (join(folder, bundle) === resolve(terminal.directory, file)) throw overSource(file);
  const { module, map } = await bundlePipeline(file, terminal.directory, {
    outfile: join(folder, bundle),
    sourceMap: sourceMapIn(flags),
    minify: flags.get('minify')?.[0] === 'true',
    external: flags.get('external') ?? [],
    fix: 'npm install --save-dev esbuild',
  });
  const graph = options === undefined ? undefined : await graphHash(description, options);
  const manifest: Manifest = {
    pipeline: description.name,
    export: exportName ?? 'default',
    bundle,
    sha256: createHash('sha256').update(module).digest('hex'),
    ...(graph === undefined ? {} : { graph }),
  };
  if (map !== undefined) await writeWhole(join(folder, `${bundle}.map`), map);
  await writeWhole(join(folder, bundle), module);
  await writeWhole(join(folder, `${name}.json`), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const path = relative(terminal.directory, join(folder, bundle));
  const hash = graph === undefined ? 'depends on its options' : graph.slice(0, 12);
  report.say(
    `built    ${description.name}: ${path} · ${String(Math.ceil(module.length / 1024))} KiB · graph ${hash}`,
    eventOf('built', { ...manifest, bundle: path, bytes: module.length }),
  );
  return 0;
}

function overSource(file: string): StrahlError {
  return new StrahlError('badValue', {
    title: `the bundle would be written over ${file}`,
    fix: '--out FOLDER, with another folder',
  });
}

/** In the bundle unless something else is said: errors tell lines of the source. */
function sourceMapIn(flags: ParsedFlags['flags']): SourceMap {
  const given = flags.get('sourcemap')?.[0];
  return given === undefined ? 'inline' : given === 'true' ? 'file' : 'none';
}

async function graphHash(description: PipelineDescription, options: unknown): Promise<string> {
  const { buildGraph } = await import('#sdk/translate/build-graph.js');
  const { structuralHash } = await import('#sdk/harness/plan/graph-hash.js');
  return structuralHash(buildGraph(description, options).graph);
}
