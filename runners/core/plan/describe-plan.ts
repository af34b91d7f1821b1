import {
  isUserStage,
  type Edge,
  type EdgeId,
  type Plan,
  type PlannedStage,
  type StageOutput,
} from './plan.js';

/**
 * The plan as text, one block per stage: what it runs, what it reads, where its output goes. The same
 * graph gives the same text.
 *
 * ```
 * s2 executable  Count/Group
 *   in   e1 from s1 (local)
 *   run  combine_per_key_merge_accumulators Count/Merge
 *   out  e2 to s3 (shuffle)
 * ```
 */
export function describePlan(plan: Plan): string {
  return plan.stages.map((stage) => describeStage(stage, plan).join('\n')).join('\n') + '\n';
}

function describeStage(stage: PlannedStage, plan: Plan): readonly string[] {
  const edge = (id: EdgeId): Edge => plan.edges.get(id)!;
  return [
    `${stage.id} ${stage.kind}${traitsOf(stage)}  ${stage.name}`,
    ...stage.inputs.map((id) => `  in   ${id} from ${edge(id).from} (${edge(id).mode})`),
    ...runLines(stage),
    ...outputsOf(stage).flatMap(({ sink, edges }) =>
      edges.map((id) => `  out  ${id} to ${edge(id).to} (${edge(id).mode})${sinkText(sink)}`),
    ),
  ];
}

function traitsOf(stage: PlannedStage): string {
  switch (stage.kind) {
    case 'grouping':
      return `${stage.keyed ? '' : ' without keys'}${stage.compaction === undefined ? '' : ' with compaction'}`;
    case 'stateful':
      return ` with ${[...stage.states.keys(), ...stage.families.keys()].join(', ')}`;
    case 'executable':
      return stage.input === 'restrictions' ? ` of ${stage.boundedness} restrictions` : '';
    case 'impulse':
    case 'test-stream':
    case 'reshuffle':
    case 'view':
      return '';
  }
}

function runLines(stage: PlannedStage): readonly string[] {
  if (!isUserStage(stage)) return [];
  const { transforms } = stage.descriptor;
  return [
    ...transforms.slice(1, transforms.length - stage.outputs.length).map(
      // `beam:transform:pardo:v1` is shown as `pardo`.
      ({ spec, uniqueName }) => `  run  ${spec?.urn.split(':').at(-2) ?? '?'} ${uniqueName}`,
    ),
    ...stage.sideInputs.map(
      ({ transform, name, view, mapping }) =>
        `  side ${name} of ${transform} from ${view} (${mapping.kind})`,
    ),
  ];
}

type Output = Pick<StageOutput, 'edges'> & { readonly sink?: string };

function outputsOf(stage: PlannedStage): readonly Output[] {
  switch (stage.kind) {
    case 'executable':
    case 'stateful':
      return stage.outputs;
    case 'view':
      return [];
    case 'impulse':
    case 'test-stream':
    case 'grouping':
    case 'reshuffle':
      return [{ edges: stage.outputs }];
  }
}

function sinkText(sink: string | undefined): string {
  return sink === undefined ? '' : ` by ${sink}`;
}
