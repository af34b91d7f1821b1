import { TRANSFORM_URN } from '#portability/urns.js';
import { EXTERNAL_STEP_URN } from '#portability/model/external-step.js';
import type { Graph } from '#portability/model/graph.js';
import { DRIVEN_ENDPOINT, type ParDoSpec } from '#portability/model/transform-spec.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { Capabilities } from './capabilities.js';
import { refuse, type Problem } from './problems.js';
import type { Step } from './step.js';

/**
 * Compares the pipeline with what the runner can do.
 *
 * @throws STRAHL-2001 … 2004: one UnsupportedError that lists every refusal with its step, and the
 *   runners that could.
 */
export function checkSupported(
  steps: readonly Step[],
  graph: Graph,
  runner: Capabilities,
  others: readonly Capabilities[],
): void {
  const missing: Need[] = [];
  const need = (asked: Need): void => {
    if (!asked.met(runner)) missing.push(asked);
  };
  for (const urn of graph.requirements) need(requirementNeed(urn));
  for (const step of steps) {
    transformNeeds(step, need);
    environmentNeed(step, graph, runner, need);
    windowingNeeds(step, graph, need);
  }
  const problems = missing.map(({ met, what, ...rest }) => ({
    title: `the ${runner.runner} runner does not support ${what}`,
    fix: alternatives(others.filter(met)),
    ...rest,
  }));
  refuse(problems, `the ${runner.runner} runner cannot run this pipeline`);
}

/** Something that a pipeline asks of its runner. */
interface Need extends Omit<Problem, 'title'> {
  /** Completes "the runner does not support …". */
  readonly what: string;
  /** Where that sentence does not fit. */
  readonly title?: string;
  readonly met: (runner: Capabilities) => boolean;
}

type Ask = (need: Need) => void;

function alternatives(able: readonly Capabilities[]): string {
  if (able.length === 0) return 'remove it: no runner of this version supports it';
  return `run it with --runner ${able.map(({ runner }) => runner).join(' or --runner ')}`;
}

function requirementNeed(urn: string): Need {
  return {
    key: 'unsupportedRequirement',
    what: `the requirement ${urn}`,
    met: (runner) => runner.requirements.has(urn),
  };
}

function transformNeeds(step: Step, need: Ask): void {
  const { spec } = step;
  switch (spec.kind) {
    case 'par-do':
      parDoNeeds(step, spec, need);
      return;
    case 'test-stream':
      if (spec.endpoint !== undefined && spec.endpoint !== DRIVEN_ENDPOINT)
        remoteTestStream(step, need);
      return;
    case 'impulse':
    case 'group-by-key':
    case 'flatten':
    case 'reshuffle':
    case 'redistribute':
    case 'window-into':
    case 'combine-per-key':
    case 'combine-precombine':
    case 'combine-merge-accumulators':
    case 'combine-extract-outputs':
    case 'combine-convert-to-accumulators':
    case 'combine-grouped-values':
      return;
    default:
      need(urnNeed(step));
  }
}

function remoteTestStream({ origin }: Step, need: Ask): void {
  need({
    key: 'unsupportedFeature',
    what: 'test streams that a service feeds',
    step: origin,
    met: ({ testStreamService }) => testStreamService === true,
  });
}

/** Of these the planner knows what they mean, as primitives or as composites. */
const SUPPORTED_TRANSFORMS: readonly string[] = [
  TRANSFORM_URN.IMPULSE,
  TRANSFORM_URN.PAR_DO,
  TRANSFORM_URN.GROUP_BY_KEY,
  TRANSFORM_URN.FLATTEN,
  TRANSFORM_URN.ASSIGN_WINDOWS,
  TRANSFORM_URN.COMBINE_PER_KEY,
  TRANSFORM_URN.COMBINE_GLOBALLY,
  TRANSFORM_URN.COMBINE_GROUPED_VALUES,
  TRANSFORM_URN.RESHUFFLE,
  TRANSFORM_URN.REDISTRIBUTE_BY_KEY,
  TRANSFORM_URN.REDISTRIBUTE_ARBITRARILY,
  TRANSFORM_URN.TEST_STREAM,
];

/** Something that only a job service with workers of several SDKs can run. */
function otherSdkNeed({ origin }: Step): Need {
  return {
    key: 'unsupportedUrn',
    what: 'steps of other SDKs',
    why: 'they run in workers of their own, which a job service starts',
    fix: 'strahl job-server --port 8099, and strahl submit FILE --job-endpoint localhost:8099',
    step: origin,
    met: () => false,
  };
}

function urnNeed(step: Step): Need {
  const urn = step.transform.spec?.urn ?? '';
  if (urn === EXTERNAL_STEP_URN) return otherSdkNeed(step);
  return {
    key: 'unsupportedUrn',
    what: urn,
    title: `unsupported URN ${urn} in transform "${step.origin.name}"`,
    why: `supported: ${SUPPORTED_TRANSFORMS.join(', ')}`,
    step: step.origin,
    met: () => false,
  };
}

function parDoNeeds(step: Step, parDo: ParDoSpec, need: Ask): void {
  const ask = featureAsk(step, need);
  if (parDo.stateSpecs.size > 0) ask('user state', (runner) => runner.userState);
  if (parDo.timerFamilies.size > 0 || parDo.onWindowExpirationTimerFamily !== undefined) {
    ask('timers', (runner) => runner.timers);
  }
  if (parDo.restrictionCoderId !== undefined) {
    ask('splittable steps', (runner) => runner.splittable);
  }
  if (parDo.requestsFinalization) ask('bundle finalization', (runner) => runner.finalization);
  if (parDo.requiresTimeSortedInput) ask('time-sorted input', (runner) => runner.timeSortedInput);
  if (parDo.requiresStableInput) ask('stable input', (runner) => runner.stableInput);
  for (const { name, spec } of step.sides) {
    const { urn } = spec.accessPattern;
    ask(`the access pattern ${urn} of side input "${name}"`, (runner) =>
      runner.sideInputAccess.has(urn),
    );
  }
}

function featureAsk(step: Step, need: Ask): (what: string, met: Need['met']) => void {
  return (what, met) => {
    need({ key: 'unsupportedFeature', what, step: step.origin, met });
  };
}

/** Steps that the engine carries out itself name no environment. */
function environmentNeed(step: Step, { components }: Graph, runner: Capabilities, need: Ask): void {
  const { environmentId } = step.transform;
  if (environmentId === undefined || isCarriedOutByEngine(step)) return;
  const { urn } = components.environments.get(environmentId)!;
  if (runner.environments.has(urn)) return;
  need({
    key: 'unsupportedEnvironment',
    what: `the environment ${urn}`,
    step: step.origin,
    met: ({ environments }) => environments.has(urn),
  });
}

function isCarriedOutByEngine({ spec }: Step): boolean {
  switch (spec.kind) {
    case 'impulse':
    case 'test-stream':
    case 'group-by-key':
    case 'flatten':
    case 'reshuffle':
    case 'redistribute':
      return true;
    default:
      return false;
  }
}

/** Where elements are grouped, for a side input too, the windowing strategy comes to bear. */
function windowingNeeds(step: Step, { components }: Graph, need: Ask): void {
  const { kind } = step.spec;
  const grouped = step.sides.map(({ pcollection }) => pcollection);
  if (kind === 'group-by-key' || kind === 'combine-per-key') grouped.push(...step.mains);
  for (const id of grouped) {
    const { windowingStrategyId } = components.pcollections.get(id)!;
    strategyNeeds(step, components.windowingStrategies.get(windowingStrategyId)!, need);
  }
  for (const { name, pcollection } of step.sides) {
    const { windowingStrategyId } = components.pcollections.get(pcollection)!;
    const { windowFn } = components.windowingStrategies.get(windowingStrategyId)!;
    if (windowFn.kind !== 'custom') continue;
    featureAsk(step, need)(
      `the window function of side input "${name}"`,
      (runner) => runner.customSideWindows,
    );
  }
}

function strategyNeeds(step: Step, strategy: WindowingStrategy, need: Ask): void {
  const { accumulation, closing, onTime, windowFn, mergeStatus } = strategy;
  const ask = featureAsk(step, need);
  for (const kind of triggerKinds(strategy.trigger)) {
    ask(`the trigger ${kind}`, (runner) => runner.triggers.has(kind));
  }
  ask(`${accumulation} panes`, (runner) => runner.accumulations.has(accumulation));
  ask(`closing behaviour ${closing}`, (runner) => runner.closingBehaviors.has(closing));
  ask(`on-time behaviour ${onTime}`, (runner) => runner.onTimeBehaviors.has(onTime));
  if (windowFn.kind === 'custom' && mergeStatus === 'needs-merge') {
    ask('merging window functions of the user', (runner) => runner.customMergingWindows);
  }
}

/** The kinds in a trigger and its subtriggers, each once. */
function triggerKinds(trigger: TriggerSpec): ReadonlySet<TriggerSpec['kind']> {
  const kinds = new Set<TriggerSpec['kind']>();
  const open: TriggerSpec[] = [trigger];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    kinds.add(next.kind);
    if ('subtriggers' in next) open.push(...next.subtriggers);
    else if ('subtrigger' in next) open.push(next.subtrigger);
    else if (next.kind === 'or-finally') open.push(next.main, next.finally);
    else if (next.kind === 'after-end-of-window') {
      open.push(...[next.early, next.late].filter((sub) => sub !== undefined));
    }
  }
  return kinds;
}
