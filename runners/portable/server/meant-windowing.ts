import type { Environment, Graph } from '#portability/model/graph.js';
import { duration } from '#portability/model/time.js';
import { asksForEnd, type TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';

/** How the Python SDK names itself among the capabilities of its environments. */
const PYTHON = /^beam:version:sdk_base:.*python/;

export function isPython({ capabilities }: Environment): boolean {
  return capabilities.some((urn) => PYTHON.test(urn));
}

/**
 * The graph as its SDK means it.
 *
 *   M1. Python writes that a closing window always fires, because it has no way to say otherwise; its own triggers
 *       never fire an empty pane at the end of a window.
 *   M2. Nor does it emit an empty pane at the end of a window for a trigger that does not ask for that end.
 *   M3. A delay of Python is over when the clock shows its end, one of the model when the clock is past it.
 */
export function asMeant(graph: Graph): Graph {
  const { components } = graph;
  const windowingStrategies = new Map(components.windowingStrategies);
  for (const [id, strategy] of windowingStrategies) {
    const { environmentId } = strategy;
    const environment =
      environmentId === undefined ? undefined : components.environments.get(environmentId);
    if (environment === undefined || !isPython(environment)) continue;
    windowingStrategies.set(id, meantByPython(strategy));
  }
  return Object.freeze({ ...graph, components: { ...components, windowingStrategies } });
}

function meantByPython(strategy: WindowingStrategy): WindowingStrategy {
  const { onTime, trigger } = strategy;
  return Object.freeze({
    ...strategy,
    closing: 'if-non-empty',
    onTime: asksForEnd(trigger) ? onTime : 'if-non-empty',
    trigger: meantTrigger(trigger),
  });
}

/** M3: the clock shows whole milliseconds, so it is past one less when it shows the end. */
function meantTrigger(trigger: TriggerSpec): TriggerSpec {
  switch (trigger.kind) {
    case 'after-processing-time': {
      const sooner = { kind: 'delay', delay: duration(-1) } as const;
      return { ...trigger, transforms: [...trigger.transforms, sooner] };
    }
    case 'after-end-of-window': {
      const { early, late } = trigger;
      return {
        kind: trigger.kind,
        ...(early === undefined ? {} : { early: meantTrigger(early) }),
        ...(late === undefined ? {} : { late: meantTrigger(late) }),
      };
    }
    case 'after-all':
    case 'after-any':
    case 'after-each':
      return { ...trigger, subtriggers: trigger.subtriggers.map(meantTrigger) };
    case 'or-finally': {
      const main = meantTrigger(trigger.main);
      return { ...trigger, main, finally: meantTrigger(trigger.finally) };
    }
    case 'repeat':
      return { ...trigger, subtrigger: meantTrigger(trigger.subtrigger) };
    default:
      return trigger;
  }
}
