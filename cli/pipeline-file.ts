import { StrahlError } from '#portability/errors.js';
import { descriptionOfPipeline, type PipelineDescription } from '#sdk/pipeline-description.js';
import type { Pipeline } from '#sdk/pipeline.js';
import { loadModule } from './load-module.js';
import { nearest } from './nearest.js';

/** A pipeline as a file exports it. */
export interface ExportedPipeline {
  readonly pipeline: Pipeline<unknown>;
  readonly description: PipelineDescription;
}

/** The default export of `file`, or the one named; the only pipeline there is will do, too. */
export async function loadPipeline(
  file: string,
  exportName: string | undefined,
  directory: string,
): Promise<ExportedPipeline> {
  const found = pipelinesOf(await loadModule(file, directory));
  const wanted = found.get(exportName ?? 'default');
  if (wanted !== undefined) return wanted;
  const [only, ...others] = found.values();
  if (exportName === undefined && only !== undefined && others.length === 0) return only;
  throw noPipeline(file, exportName, [...found.keys()]);
}

function pipelinesOf(exports: Readonly<Record<string, unknown>>): Map<string, ExportedPipeline> {
  const found = new Map<string, ExportedPipeline>();
  const add = (name: string, value: unknown): void => {
    const description = descriptionOfPipeline(value);
    if (description !== undefined) {
      found.set(name, { pipeline: value as Pipeline<unknown>, description });
    }
  };
  for (const [name, value] of Object.entries(exports)) add(name, value);
  // A file that Node takes for CommonJS gives its exports once more, as the default.
  const inner = exports['default'];
  if (!found.has('default') && typeof inner === 'object' && inner !== null) {
    for (const [name, value] of Object.entries(inner)) if (!found.has(name)) add(name, value);
  }
  return found;
}

function noPipeline(
  file: string,
  exportName: string | undefined,
  names: readonly string[],
): StrahlError {
  if (names.length === 0) {
    return new StrahlError('noPipelineInFile', {
      title: `${file} exports no pipeline`,
      fix: "export default pipeline('name', (p) => …)",
    });
  }
  const title =
    exportName === undefined
      ? `${file} exports several pipelines and none as the default`
      : `${file} exports no pipeline named ${exportName}`;
  const guess = nearest(exportName ?? '', names) ?? names[0]!;
  return new StrahlError('noPipelineInFile', {
    title,
    why: `its pipelines are ${names.join(', ')}`,
    fix: `${file}#${guess}`,
  });
}
