import type { Graph } from '#portability/model/graph.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
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
  const needs = needsOf(steps, graph);
  const missing = needs.filter((need) => !need.met(runner));
  const problems = missing.map(({ met, what, ...need }) => ({
    title: `the ${runner.runner} runner does not support ${what}`,
    ...need,
    fix: alternatives(others.filter(met)),
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

function alternatives(able: readonly Capabilities[]): string {
  if (able.length === 0) return 'remove it: no runner of this version supports it';
  return `run it with --runner ${able.map(({ runner }) => runner).join(' or --runner ')}`;
}

function needsOf(steps: readonly Step[], graph: Graph): readonly Need[] {
  return [
    ...graph.requirements.map(requirementNeed),
    ...steps.flatMap((step) => [
      ...transformNeeds(step),
      ...environmentNeeds(step, graph),
      ...windowingNeeds(step, graph),
    ]),
  ];
}

function requirementNeed(urn: string): Need {
  return {
    key: 'unsupportedRequirement',
    what: `the requirement ${urn}`,
    met: (runner) => runner.requirements.has(urn),
  };
}

function transformNeeds(step: Step): readonly Need[] {
  const { spec } = step;
  switch (spec.kind) {
    case 'par-do':
      return parDoNeeds(step, spec);
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
      return [];
    default:
      return [urnNeed(step)];
  }
}

/** Of these the planner knows what they mean, as primitives or as composites. */
const SUPPORTED_TRANSFORMS: readonly string[] = [
  'beam:transform:impulse:v1',
  'beam:transform:pardo:v1',
  'beam:transform:group_by_key:v1',
  'beam:transform:flatten:v1',
  'beam:transform:window_into:v1',
  'beam:transform:combine_per_key:v1',
  'beam:transform:combine_globally:v1',
  'beam:transform:combine_grouped_values:v1',
  'beam:transform:reshuffle:v1',
  'beam:transform:redistribute_by_key:v1',
  'beam:transform:redistribute_arbitrarily:v1',
];

function urnNeed(step: Step): Need {
  const urn = step.transform.spec?.urn ?? '';
  return {
    key: 'unsupportedUrn',
    what: urn,
    title: `unsupported URN ${urn} in transform "${step.origin.name}"`,
    why: `supported: ${SUPPORTED_TRANSFORMS.join(', ')}`,
    step: step.origin,
    met: () => false,
  };
}

function parDoNeeds(step: Step, parDo: ParDoSpec): readonly Need[] {
  const needs: Need[] = [];
  const need = (asked: boolean, what: string, met: Need['met']): void => {
    if (asked) needs.push({ key: 'unsupportedFeature', what, step: step.origin, met });
  };
  need(parDo.stateSpecs.size > 0, 'user state', (runner) => runner.userState);
  const timers = parDo.timerFamilies.size > 0 || parDo.onWindowExpirationTimerFamily !== undefined;
  need(timers, 'timers', (runner) => runner.timers);
  need(parDo.restrictionCoderId !== undefined, 'splittable steps', (runner) => runner.splittable);
  need(parDo.requestsFinalization, 'bundle finalization', (runner) => runner.finalization);
  need(parDo.requiresTimeSortedInput, 'time-sorted input', (runner) => runner.timeSortedInput);
  need(parDo.requiresStableInput, 'stable input', (runner) => runner.stableInput);
  for (const { name, spec } of step.sides) {
    const { urn } = spec.accessPattern;
    need(true, `the access pattern ${urn} of side input "${name}"`, (runner) =>
      runner.sideInputAccess.has(urn),
    );
  }
  return needs;
}

/** Steps that the engine carries out itself name no environment. */
function environmentNeeds(step: Step, { components }: Graph): readonly Need[] {
  const { environmentId } = step.transform;
  if (environmentId === undefined || isCarriedOutByEngine(step)) return [];
  const { urn } = components.environments.get(environmentId)!;
  return [
    {
      key: 'unsupportedEnvironment',
      what: `the environment ${urn}`,
      step: step.origin,
      met: (runner) => runner.environments.has(urn),
    },
  ];
}

function isCarriedOutByEngine({ spec }: Step): boolean {
  switch (spec.kind) {
    case 'impulse':
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
function windowingNeeds(step: Step, { components }: Graph): readonly Need[] {
  const grouped = step.sides.map(({ pcollection }) => pcollection);
  if (step.spec.kind === 'group-by-key' || step.spec.kind === 'combine-per-key') {
    grouped.push(...step.mains);
  }
  return grouped.flatMap((id) => {
    const { windowingStrategyId } = components.pcollections.get(id)!;
    return strategyNeeds(step, components.windowingStrategies.get(windowingStrategyId)!);
  });
}

function strategyNeeds(step: Step, strategy: WindowingStrategy): readonly Need[] {
  const { accumulation, closing, onTime, windowFn, mergeStatus } = strategy;
  const merges = windowFn.kind === 'custom' && mergeStatus === 'needs-merge';
  const feature = (what: string, met: Need['met']): Need => ({
    key: 'unsupportedFeature',
    what,
    step: step.origin,
    met,
  });
  return [
    ...triggerKinds(strategy.trigger).map((kind) =>
      feature(`the trigger ${kind}`, (runner) => runner.triggers.has(kind)),
    ),
    feature(`${accumulation} panes`, (runner) => runner.accumulations.has(accumulation)),
    feature(`closing behaviour ${closing}`, (runner) => runner.closingBehaviors.has(closing)),
    feature(`on-time behaviour ${onTime}`, (runner) => runner.onTimeBehaviors.has(onTime)),
    feature('merging window functions of the user', (runner) =>
      merges ? runner.customMergingWindows : true,
    ),
  ];
}

/** The kinds in a trigger and its subtriggers, each once. */
function triggerKinds(trigger: TriggerSpec): readonly TriggerSpec['kind'][] {
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
  return [...kinds];
}
