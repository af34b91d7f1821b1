import { CoderRegistry } from '#portability/coders/registry.js';
import type { Graph } from '#portability/model/graph.js';
import { assemble, type CoderOf } from './assemble.js';
import type { Capabilities } from './capabilities.js';
import { checkCoders } from './check-coders.js';
import { checkSupported } from './check-supported.js';
import { checkSemantics } from './check-semantics.js';
import { ComponentsDraft } from './components-draft.js';
import { expandSplittable } from './expand-splittable.js';
import { Flow } from './flow.js';
import { fuse } from './fuse.js';
import { liftCombines } from './lift-combines.js';
import { opaqueCoder } from './opaque-coder.js';
import { inOrder } from './order.js';
import type { Plan } from './plan.js';
import { stepsOf } from './program.js';
import { route } from './route.js';
import { wireCodersOf } from './wire-coders.js';

export interface PlanOptions {
  readonly capabilities: Capabilities;
  /** Other runners, to be named where this one cannot. */
  readonly others?: readonly Capabilities[];
  /** A longer chain is cut: engines for JavaScript do not optimise very long functions. Default 128. */
  readonly maxStageSteps?: number;
}

const MAX_STAGE_STEPS = 128;

/**
 * Decides how a job will run: check, expand splittable steps, lift combines, fuse, route. A pure function
 * of the graph; the same graph gives the same plan on every machine.
 *
 * @throws a PipelineError that lists all contradictions of the graph, or an UnsupportedError that lists
 *   all that this runner cannot do.
 */
export function planGraph(graph: Graph, options: PlanOptions): Plan {
  const draft = new ComponentsDraft(graph.components);
  const written = inOrder(stepsOf(graph, draft));
  checkSupported(written, graph, options.capabilities, options.others ?? []);
  // Knows the coders that rewriting adds, too: the draft's map grows.
  const { opaqueCoders } = options.capabilities;
  const registry = new CoderRegistry(draft.coders, ({ spec }) =>
    opaqueCoders.has(spec.urn) ? opaqueCoder : undefined,
  );
  const coderOf: CoderOf = (id) => registry.coderOf(id);
  checkCoders(written, draft, coderOf);
  checkSemantics(written, draft, coderOf, options.capabilities);
  const steps = liftCombines(expandSplittable(written, draft), draft);
  const flow = new Flow(steps);
  const fused = fuse(steps, flow, options.maxStageSteps ?? MAX_STAGE_STEPS);
  const collections = { draft, flow, wireCoder: wireCodersOf(steps, draft) };
  const routed = route(fused, collections);
  return assemble(routed, collections, coderOf);
}
