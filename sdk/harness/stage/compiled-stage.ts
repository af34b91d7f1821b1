import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { PCollectionId } from '#portability/model/ids.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { closures, fanOut } from '../compile/closures.js';
import { generate, type StageFactory } from '../compile/generated.js';
import type { NodeShape, RangeLoop, ReadLoop, StageNode } from '../compile/node.js';
import { CallOperator } from '../operators/call-operator.js';
import { CountOperator } from '../operators/count-operator.js';
import { SequenceOperator } from '../operators/sequence-operator.js';
import { SinkOperator } from '../operators/sink-operator.js';
import { StageInput } from '../operators/stage-input.js';
import { planNode, type NodePlan } from '../plan/plan-node.js';
import { StatefulOperator } from '../stateful/stateful-operator.js';
import type { HarnessClock } from './bundle-scope.js';
import { counters } from './counters.js';
import { keepOperators } from './kept-operators.js';
import { roundTrips } from './round-trips.js';
import { RunningStage } from './running-stage.js';
import { StageInstance } from './stage-instance.js';
import { sideNames, type StageSurroundings } from './stage-surroundings.js';

/** How a stage becomes code. */
export type CompileMode = 'generated' | 'closures';

const NO_OUTPUTS: ReadonlyMap<string, PCollectionId> = new Map();

/** A stage, planned and compiled once; gives any number of instances. */
export class CompiledStage {
  readonly #plans: readonly NodePlan[];
  readonly #shapes: readonly NodeShape[];
  readonly #factory: StageFactory;
  readonly #clock: HarnessClock;

  /** @throws STRAHL-2002, -3001 for what the harness cannot run */
  constructor(
    descriptor: StageDescriptor,
    around: StageSurroundings,
    mode: CompileMode,
    clock: HarnessClock,
  ) {
    const { transforms } = descriptor;
    this.#clock = clock;
    const plans = transforms.map((t) => planNode(t, readTransformSpec(t), around));
    const consumers = consumersOf(descriptor);
    const checks = around.checks
      ? roundTrips(transforms, around)
      : new Map<PCollectionId, NodePlan>();
    // A check, or a counter, is the first consumer of its collection, and has none of its own.
    for (const [id, plan] of [...checks, ...counters(descriptor)]) {
      consumers.set(id, [plans.push(plan) - 1, ...(consumers.get(id) ?? [])]);
    }
    this.#plans = plans;
    this.#shapes = this.#plans.map(({ template, explodes, sides, outputs }, slot) => {
      const own = transforms[slot]?.outputs ?? NO_OUTPUTS;
      const collections =
        outputs === undefined ? [...own.values()] : outputs.map((name) => own.get(name));
      const targets = collections.map((id) => (id === undefined ? [] : (consumers.get(id) ?? [])));
      return { template, explodes, sides, targets };
    });
    this.#factory = mode === 'generated' ? generate(this.#shapes) : closures;
  }

  instance(): StageInstance {
    const stage = new RunningStage();
    const operators = this.#plans.map((plan) => plan.create(stage));
    const nodes = this.#shapes.map((shape, slot): StageNode => ({
      ...shape,
      operator: operators[slot]!,
    }));
    const code = this.#factory(stage, nodes);
    for (const [slot, { operator, targets }] of nodes.entries()) {
      operator.connect(targets.map((slots) => fanOut(slots.map((t) => code.nodes[t]!))));
      const calls = code.calls[slot];
      if (operator instanceof CallOperator && calls !== undefined) operator.install(calls);
      const loop = code.loops[slot];
      if (operator instanceof SequenceOperator) operator.installLoop(loop as RangeLoop);
      if (operator instanceof StageInput) operator.loop = loop as ReadLoop;
    }
    const inputs = operators.filter((operator) => operator instanceof StageInput);
    for (const operator of operators) {
      // FUS-2: a step with state is the root of its stage.
      if (operator instanceof StatefulOperator) [operator.source] = inputs;
    }
    for (const { operator, targets } of nodes) {
      const [consumer, ...others] = targets[0] ?? [];
      if (!(operator instanceof StageInput) || others.length > 0) continue;
      operator.keysAreLeft =
        operators[consumer ?? -1] instanceof StatefulOperator && operator.canLeaveKeys;
    }
    const sinks = operators.filter((operator) => operator instanceof SinkOperator);
    const counting = operators.filter((operator) => operator instanceof CountOperator);
    const parts = { stage, operators, inputs, sinks, counters: counting };
    return new StageInstance(parts, this.#clock);
  }
}

/** Per collection, the slots of the transforms that process its elements; twice if it goes in twice. */
function consumersOf({ transforms }: StageDescriptor): Map<PCollectionId, number[]> {
  const consumers = new Map<PCollectionId, number[]>();
  for (const [slot, transform] of transforms.entries()) {
    const sides = sideNames(transform);
    transform.inputs.forEach((id, name) => {
      if (sides.has(name)) return;
      const slots = consumers.get(id);
      if (slots === undefined) consumers.set(id, [slot]);
      else slots.push(slot);
    });
  }
  return consumers;
}

keepOperators();
