import { resolve } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import type { Graph, Transform } from '#portability/model/graph.js';
import type { PipelineDescription } from '#sdk/pipeline-description.js';
import type { ParsedFlags } from '../flags/flags.js';
import { drawGraph } from '../graph/draw-graph.js';
import { drawPlan } from '../graph/draw-plan.js';
import type { Drawing } from '../graph/drawing.js';
import { DRAW, GRAPH_FORMATS, type GraphFormat } from '../graph/formats.js';
import { nearest } from '../nearest.js';
import type { Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';
import { writeWhole } from './write-whole.js';

export interface GraphRequest {
  readonly description: PipelineDescription;
  readonly options: unknown;
  readonly flags: ParsedFlags['flags'];
  readonly terminal: Terminal;
  readonly report: Report;
}

/** Builds the graph without running it, and draws it. Resolves with the exit code. */
export async function graphCommand(request: GraphRequest): Promise<number> {
  const { description, options, flags, terminal, report } = request;
  const { buildGraph } = await import('#sdk/translate/build-graph.js');
  const built = buildGraph(description, options);
  const format = report.isJson ? 'json' : ((flags.get('format')?.[0] ?? 'text') as GraphFormat);
  const [stages, coders] = ['stages', 'coders'].map((name) => flags.get(name)?.[0] === 'true');
  const drawing = stages
    ? await drawStages(description.name, built.bytes, coders!)
    : await drawSteps(description.name, built.graph, coders!);
  const text = DRAW[format](drawing);
  const out = flags.get('out')?.[0];
  if (out === undefined) terminal.out(text);
  else await writeWhole(resolve(terminal.directory, out), text);
  return 0;
}

/** Found before anything is loaded, so that it is told together with other problems. */
export function problemOfFormat(format: string | undefined): readonly StrahlError[] {
  const formats: readonly string[] = GRAPH_FORMATS;
  if (format === undefined || formats.includes(format)) return [];
  const guess = nearest(format, formats);
  return [
    new StrahlError('unknownCommand', {
      title: `unknown format ${format}${guess === undefined ? '' : `; did you mean ${guess}?`}`,
      fix: `--format ${formats.join('|')}`,
    }),
  ];
}

/** The runner is asked, since what is fused is its decision. */
async function drawStages(name: string, pipeline: Uint8Array, coders: boolean): Promise<Drawing> {
  const { edgeCoders, planOf } = await import('#runners/direct/index.js');
  const plan = planOf(pipeline);
  return drawPlan(name, plan, coders ? edgeCoders(plan) : []);
}

async function drawSteps(name: string, graph: Graph, coders: boolean): Promise<Drawing> {
  const { coderName } = await import('#portability/coders/coder-name.js');
  return drawGraph(name, graph, await sideInputReader(), coders ? coderName : undefined);
}

async function sideInputReader(): Promise<(transform: Transform) => ReadonlySet<string>> {
  const { readTransformSpec } = await import('#portability/proto/transform-spec.js');
  return (transform) => {
    const spec = readTransformSpec(transform);
    return new Set(spec.kind === 'par-do' ? spec.sideInputs.keys() : []);
  };
}
