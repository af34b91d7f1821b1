import { StrahlError } from '#portability/errors.js';
import { duration, type Duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import { durationOf, type DurationLike } from '../../duration.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode, Windowing } from '../../graph/graph-node.js';
import { checkChoice, checkOptionNames } from '../../graph/option-names.js';
import {
  DEFAULT_WINDOWING,
  type TriggerOptions,
  type WindowOptions,
} from '../../graph/windowing.js';
import { identity } from '../grouping.js';
import type { StepInput } from '../par-do.js';
import { specOfTrigger } from './trigger.js';
import { choiceOfWindowFn } from './windows.js';

const PANE_CHOICES = {
  timestampCombiner: ['end-of-window', 'earliest', 'latest'],
  closing: ['if-non-empty', 'always'],
  onTime: ['always', 'if-non-empty'],
};
const PANE_OPTIONS = ['panes', 'allowedLateness', ...Object.keys(PANE_CHOICES)];

/** New windows, with everything that says when and how their panes come. */
export function windowStep(
  { graph, main }: StepInput,
  windowFn: unknown,
  o: WindowOptions,
): CollectionNode {
  graph.use(main, 'window');
  const choice = choiceOfWindowFn(windowFn);
  if (choice === undefined) {
    throw new StrahlError('windowOutOfRange', {
      title: 'window is given no window function',
      ...graph.where('window'),
      fix: 'pass fixed(…), sliding(…), sessions(…), globalWindow() or windowFn(…)',
    });
  }
  checkOptionNames(graph, 'window', o, ['trigger', ...PANE_OPTIONS]);
  checkChoice(graph, 'window', o, PANE_CHOICES);
  const trigger = o.trigger === undefined ? undefined : triggerOf(graph, 'window', o.trigger);
  const lateness = latenessOf(graph, 'window', o.allowedLateness);
  const needed = trigger !== undefined || (lateness !== undefined && lateness > 0);
  const node = graph.add({ name: 'window', spec: { kind: 'window-into' }, inputs: { in: main } });
  const windowing: Windowing = Object.freeze({
    windowFn: choice,
    mergeStatus: merges(choice) ? 'needs-merge' : 'non-merging',
    trigger: trigger ?? DEFAULT_WINDOWING.trigger,
    accumulation: panesOf(graph, 'window', o, needed),
    timestampCombiner: o.timestampCombiner ?? 'end-of-window',
    closing: o.closing ?? 'if-non-empty',
    onTime: o.onTime ?? 'always',
    allowedLateness: lateness ?? duration(0),
    ...(choice.kind === 'custom' ? { step: node } : {}),
  });
  return graph.output(node, 'out', { coder: main.coder, boundedness: main.boundedness, windowing });
}

/** The same windows under another trigger: elements stay where they are. */
export function triggerStep(
  { graph, main }: StepInput,
  trigger: unknown,
  o: TriggerOptions = {} as TriggerOptions,
): CollectionNode {
  graph.use(main, 'trigger');
  const spec = triggerOf(graph, 'trigger', trigger);
  checkOptionNames(graph, 'trigger', o, PANE_OPTIONS);
  checkChoice(graph, 'trigger', o, PANE_CHOICES);
  const before = main.windowing;
  const windowing: Windowing = Object.freeze({
    ...before,
    trigger: spec,
    accumulation: panesOf(graph, 'trigger', o, true),
    timestampCombiner: o.timestampCombiner ?? before.timestampCombiner,
    closing: o.closing ?? before.closing,
    onTime: o.onTime ?? before.onTime,
    allowedLateness: latenessOf(graph, 'trigger', o.allowedLateness) ?? before.allowedLateness,
  });
  return identity({ graph, main }, 'trigger', windowing);
}

function merges(choice: Windowing['windowFn']): boolean {
  return choice.kind === 'sessions' || (choice.kind === 'custom' && choice.fn.merge !== undefined);
}

/** @throws STRAHL-1203 for what is no trigger */
function triggerOf(graph: GraphBuilder, name: string, trigger: unknown): TriggerSpec {
  const spec = specOfTrigger(trigger);
  if (spec !== undefined) return spec;
  throw new StrahlError('windowOutOfRange', {
    title: `${name} is given no trigger`,
    ...graph.where(name),
    fix: "pass what one of the trigger functions made, as in every('10s') or afterWatermark()",
  });
}

function latenessOf(
  graph: GraphBuilder,
  name: string,
  given: DurationLike | undefined,
): Duration | undefined {
  if (given === undefined) return undefined;
  const lateness = durationOf(given, 'allowedLateness', graph.site);
  if (lateness >= 0) return lateness;
  throw new StrahlError('windowOutOfRange', {
    title: `allowedLateness is ${String(lateness)} ms`,
    ...graph.where(name),
    fix: 'give a duration of at least 0',
  });
}

/** `needed`: something makes several panes per window, so nobody may guess what they hold. */
function panesOf(
  graph: GraphBuilder,
  name: string,
  o: { readonly panes?: unknown; readonly allowedLateness?: unknown },
  needed: boolean,
): Windowing['accumulation'] {
  const { panes } = o;
  if (panes === 'discarding' || panes === 'accumulating') return panes;
  if (panes === undefined && !needed) return 'discarding';
  if (panes === 'retracting') {
    throw new StrahlError('unsupportedFeature', {
      title: 'retracting panes are not supported',
      ...graph.where(name),
      fix: "use panes: 'accumulating', whose last pane holds everything",
    });
  }
  const asked = o.allowedLateness === undefined ? 'a trigger' : 'allowedLateness';
  throw new StrahlError('windowOutOfRange', {
    title:
      panes === undefined
        ? `${asked} is given without panes`
        : `panes is ${JSON.stringify(panes)}, which is no accumulation mode`,
    ...graph.where(name),
    why: 'late elements and triggers make further panes of a window',
    fix: "say panes: 'accumulating' (everything so far) or panes: 'discarding' (what is new)",
  });
}
