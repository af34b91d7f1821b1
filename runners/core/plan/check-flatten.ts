import type { ComponentsDraft } from './components-draft.js';
import type { Problem } from './problems.js';
import type { Step } from './step.js';
import { describeTrigger, describeWindowFn } from './windowing-text.js';

/**
 * What is flattened must be windowed alike: by the same function, under the same trigger. Unless `isOurs` the SDK has
 * judged that, each by rules of its own: Java takes sessions of any gap for alike, Python any windows. Theirs need only
 * be written alike.
 */
export function checkFlatten(
  step: Step,
  draft: ComponentsDraft,
  problems: Problem[],
  isOurs: boolean,
): void {
  if (step.spec.kind !== 'flatten') return;
  const strategies = step.mains.map((id) => draft.windowing(id));
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
  const functions = new Set(strategies.map(({ windowFn }) => describeWindowFn(windowFn)));
  const coders = new Set(strategies.map(({ windowCoderId }) => draft.shape(windowCoderId)));
  if (isOurs || coders.size > 1) expectOne('window windowFns', functions);
  if (isOurs) {
    expectOne('triggers', new Set(strategies.map(({ trigger }) => describeTrigger(trigger))));
  }
}
