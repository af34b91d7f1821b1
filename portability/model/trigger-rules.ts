import type { Duration } from './time.js';
import type { TriggerSpec } from './triggers.js';

type Sub = (trigger: TriggerSpec) => TriggerSpec;

/**
 * TRG-2: the trigger of what a grouping emits. A pane is one element, so a continuation fires as soon as
 * the trigger before it could have, and never waits for more.
 */
export function continuationOf(trigger: TriggerSpec): TriggerSpec {
  switch (trigger.kind) {
    case 'element-count':
      return { kind: 'element-count', count: 1 };
    case 'after-processing-time':
      return { kind: 'after-synchronized-processing-time' };
    case 'after-each': {
      const subtriggers = trigger.subtriggers.map(continuationOf);
      return { kind: 'repeat', subtrigger: { kind: 'after-any', subtriggers } };
    }
    case 'or-finally':
      return { kind: 'repeat', subtrigger: withSubtriggers(trigger, continuationOf) };
    default:
      return withSubtriggers(trigger, continuationOf);
  }
}

/** The same trigger over changed subtriggers. */
function withSubtriggers(trigger: TriggerSpec, change: Sub): TriggerSpec {
  switch (trigger.kind) {
    case 'after-end-of-window': {
      const { early, late } = trigger;
      return {
        kind: 'after-end-of-window',
        ...(early === undefined ? {} : { early: change(early) }),
        ...(late === undefined ? {} : { late: change(late) }),
      };
    }
    case 'after-all':
    case 'after-any':
    case 'after-each':
      return { kind: trigger.kind, subtriggers: trigger.subtriggers.map(change) };
    case 'or-finally':
      return { ...trigger, main: change(trigger.main), finally: change(trigger.finally) };
    case 'repeat':
      return { kind: 'repeat', subtrigger: change(trigger.subtrigger) };
    default:
      return trigger;
  }
}

/** TRG-3: whether a trigger may come to an end, after which elements are dropped. */
export function mayFinish(trigger: TriggerSpec): boolean {
  switch (trigger.kind) {
    case 'default':
    case 'always':
    case 'repeat':
      return false;
    case 'never':
    case 'element-count':
    case 'after-processing-time':
    case 'after-synchronized-processing-time':
    case 'after-all':
    case 'after-any':
    case 'unknown':
      return true;
    case 'after-end-of-window':
      return trigger.late === undefined;
    case 'after-each':
      return trigger.subtriggers.every(mayFinish);
    case 'or-finally':
      return mayFinish(trigger.main) || mayFinish(trigger.finally);
  }
}

/**
 * TRG-4: whether a grouping under `trigger` loses no data. One that finishes only when the window is over
 * for good is safe, too.
 */
export function isSafe(trigger: TriggerSpec, allowedLateness: Duration): boolean {
  if (!mayFinish(trigger) || trigger.kind === 'never') return true;
  return trigger.kind === 'after-end-of-window' && allowedLateness === 0;
}

/** What is said of an unsafe trigger. */
export function unsafeText(trigger: TriggerSpec): string {
  return (
    `Unsafe trigger '${describeTrigger(trigger)}' may lose data, ` +
    'did you mean to wrap it in `Repeatedly.forever(...)`?'
  );
}

/** The trigger as it is written with the functions of the DSL. */
export function describeTrigger(trigger: TriggerSpec): string {
  switch (trigger.kind) {
    case 'default':
      return 'defaultTrigger()';
    case 'never':
    case 'always':
      return `${trigger.kind}()`;
    case 'element-count':
      return `afterCount(${String(trigger.count)})`;
    case 'after-processing-time':
      return `afterProcessingTime(${trigger.transforms.map(transformText).join(', ')})`;
    case 'after-synchronized-processing-time':
      return 'afterSynchronizedProcessingTime()';
    case 'after-end-of-window': {
      const { early, late } = trigger;
      const earlyText = early === undefined ? '' : `.early(${describeTrigger(early)})`;
      const lateText = late === undefined ? '' : `.late(${describeTrigger(late)})`;
      return `afterWatermark()${earlyText}${lateText}`;
    }
    case 'after-all':
      return `allOf(${listed(trigger.subtriggers)})`;
    case 'after-any':
      return `anyOf(${listed(trigger.subtriggers)})`;
    case 'after-each':
      return `inOrder(${listed(trigger.subtriggers)})`;
    case 'or-finally':
      return `${describeTrigger(trigger.main)}.until(${describeTrigger(trigger.finally)})`;
    case 'repeat':
      return `repeat(${describeTrigger(trigger.subtrigger)})`;
    case 'unknown':
      return 'a trigger of a newer Beam';
  }
}

type Transform = (TriggerSpec & { kind: 'after-processing-time' })['transforms'][number];

function transformText(t: Transform): string {
  if (t.kind === 'delay') return `${String(t.delay)} ms`;
  return `aligned to ${String(t.period)} ms${t.offset === 0 ? '' : ` + ${String(t.offset)} ms`}`;
}

function listed(triggers: readonly TriggerSpec[]): string {
  return triggers.map(describeTrigger).join(', ');
}
