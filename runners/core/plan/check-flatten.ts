import type { WindowFnSpec } from '#portability/model/windowing.js';
import type { ComponentsDraft } from './components-draft.js';
import type { Problem } from './problems.js';
import type { Step } from './step.js';
import { describeTrigger, describeWindowFn } from './windowing-text.js';

/**
 * What is flattened must be windowed alike: by the same function, under the same trigger. Unless `isOurs`, functions
 * that only their SDK understands may be written differently and mean the same, and sessions of different gaps may
 * pass for alike: that SDK has judged.
 */
export function checkFlatten(
  step: Step,
  draft: ComponentsDraft,
  problems: Problem[],
  isOurs: boolean,
): void {
  if (step.spec.kind !== 'flatten') return;
  const strategies = step.mains.map((id) => draft.windowing(id));
  const textOf = isOurs ? describeWindowFn : kindOf;
  const windowFns = new Set(strategies.map(({ windowFn }) => textOf(windowFn)));
  const triggers = new Set(strategies.map(({ trigger }) => describeTrigger(trigger)));
  const expectOne = (what: string, found: ReadonlySet<string>): void => {
    if (found.size < 2) return;
    problems.push({
      key: 'incompatibleFlatten',
      title: `inputs to "${step.origin.name}" are windowed differently`,
      step: step.origin,
      why: `Inputs to Flatten had incompatible ${what}: ${[...found].join(', ')}`,
      fix: 'give all inputs the same windows before flattening them',
    });
  };
  expectOne('window windowFns', windowFns);
  expectOne('triggers', triggers);
}

function kindOf(windowFn: WindowFnSpec): string {
  switch (windowFn.kind) {
    case 'custom':
      return windowFn.spec.urn;
    case 'sessions':
      return windowFn.kind;
    default:
      return describeWindowFn(windowFn);
  }
}
