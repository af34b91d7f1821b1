import type { ComponentsDraft } from './components-draft.js';
import type { Problem } from './problems.js';
import type { Step } from './step.js';
import { describeTrigger, describeWindowFn } from './windowing-text.js';

/** What is flattened must be windowed alike: by the same function, under the same trigger. */
export function checkFlatten(step: Step, draft: ComponentsDraft): readonly Problem[] {
  if (step.spec.kind !== 'flatten') return [];
  const inputs = step.mains.map((id) => draft.windowing(id));
  const windowFns = new Set(inputs.map(({ windowFn }) => describeWindowFn(windowFn)));
  const triggers = new Set(inputs.map(({ trigger }) => describeTrigger(trigger)));
  return [
    ...incompatible(step, 'window windowFns', windowFns),
    ...incompatible(step, 'triggers', triggers),
  ];
}

function incompatible(step: Step, what: string, found: ReadonlySet<string>): readonly Problem[] {
  if (found.size < 2) return [];
  return [
    {
      key: 'incompatibleFlatten',
      title: `inputs to "${step.origin.name}" are windowed differently`,
      step: step.origin,
      why: `Inputs to Flatten had incompatible ${what}: ${[...found].join(', ')}`,
      fix: 'give all inputs the same windows before flattening them',
    },
  ];
}
