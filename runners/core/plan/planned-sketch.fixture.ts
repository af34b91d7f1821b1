import { describePlan } from './describe-plan.js';
import { engineCapabilities } from './engine-capabilities.js';
import { SKETCH_ENVIRONMENT, type GraphSketch } from './graph-sketch.fixture.js';
import type { Plan } from './plan.js';
import { planGraph, type PlanOptions } from './plan-graph.js';

const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);

/** What the direct runner would do with the graph. */
export function plan(sketch: GraphSketch, options: Partial<PlanOptions> = {}): Plan {
  return planGraph(sketch.graph(), { capabilities, ...options });
}

/** The same for people. */
export function text(sketch: GraphSketch, options: Partial<PlanOptions> = {}): string {
  return describePlan(plan(sketch, options));
}
