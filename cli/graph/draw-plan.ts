import type { EdgeCoder, Plan, PlannedStage } from '#runners/direct/index.js';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.js';

/** The stages that would run, and the edges on which bytes move between them. */
export function drawPlan(name: string, plan: Plan, coders: readonly EdgeCoder[] = []): Drawing {
  const coderOf = new Map(coders.map(({ edge, coder }) => [edge.id, coder]));
  const ids = new Map(plan.stages.map((stage, n) => [stage.id, `s${n}`] as const));
  const sides = new Set(
    plan.stages.flatMap((stage) =>
      'sideInputs' in stage
        ? stage.sideInputs.map(({ view }) => `${ids.get(view)!}>${ids.get(stage.id)!}`)
        : [],
    ),
  );
  const main = [...plan.edges.values()].map((edge): DrawnEdge => {
    const [from, to] = [ids.get(edge.from)!, ids.get(edge.to)!];
    const coder = coderOf.get(edge.id);
    return {
      ...{ from, to, name: `${edge.id} (${edge.mode})`, role: 'main', bounded: true },
      ...(coder === undefined ? {} : { coder }),
    };
  });
  const side = [...sides].map((pair): DrawnEdge => {
    const [from = '', to = ''] = pair.split('>');
    return { from, to, name: 'view', role: 'side', bounded: true };
  });
  const nodes = plan.stages.map((stage) => nodeOf(stage, ids.get(stage.id)!));
  return { name, nodes, edges: [...main, ...side] };
}

function nodeOf(stage: PlannedStage, id: string): DrawnNode {
  const site = stage.steps.find((step) => step.site !== undefined)?.site;
  return {
    ...{ id, name: stage.id, kind: stage.kind },
    steps: stage.steps.length === 0 ? [stage.name] : stage.steps.map(({ name }) => name),
    ...(site === undefined ? {} : { site }),
    details: { steps: stage.steps },
  };
}
