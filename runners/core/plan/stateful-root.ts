import { isStrahlError } from '#portability/errors.js';
import type { CoderId } from '#portability/model/ids.js';
import type { ParDoSpec, StateSpec } from '#portability/model/transform-spec.js';
import type { ElementEnd, StateProtocol, StatefulStage } from './plan.js';
import { parDoOf, type Step } from './step.js';

/** What the engine keeps for a step with state, timers or sorted input; `undefined` for another step. */
export function keptFor(
  step: Step | undefined,
): Pick<StatefulStage, 'root' | 'states' | 'families' | 'expiration' | 'timeSorted'> | undefined {
  const parDo = step === undefined ? undefined : parDoOf(step.spec);
  if (step === undefined || parDo === undefined || !keepsByKey(parDo)) return undefined;
  const { stateSpecs, timerFamilies, onWindowExpirationTimerFamily: expiration } = parDo;
  return {
    root: step.transform.id,
    states: new Map([...stateSpecs].map(([name, spec]) => [name, protocolOf(spec)])),
    families: new Map([...timerFamilies].map(([name, { domain }]) => [name, domain])),
    ...(expiration === undefined ? {} : { expiration }),
    timeSorted: parDo.requiresTimeSortedInput,
  };
}

/** `StatefulStage.mapValues` of a step. */
export function mapValuesOf(
  step: Step | undefined,
  coderOf: (id: CoderId) => ElementEnd,
): ReadonlyMap<string, ElementEnd> {
  const ends = new Map<string, ElementEnd>();
  for (const [name, spec] of (step && parDoOf(step.spec))?.stateSpecs ?? []) {
    if (spec.kind !== 'map' && spec.kind !== 'multimap') continue;
    try {
      ends.set(name, coderOf(spec.valueCoderId));
    } catch (e) {
      if (!isStrahlError(e)) throw e;
    }
  }
  return ends;
}

/** Whether what the step does with an element depends on others of its key. */
export function keepsByKey(parDo: ParDoSpec): boolean {
  return parDo.stateSpecs.size > 0 || parDo.timerFamilies.size > 0 || parDo.requiresTimeSortedInput;
}

/** STA-2: value and combining state are bags on the wire, maps and sets multimaps. */
function protocolOf(spec: StateSpec): StateProtocol {
  switch (spec.kind) {
    case 'value':
    case 'combining':
    case 'bag':
      return 'bag';
    case 'set':
      return spec.asBag === true ? 'bag' : 'multimap';
    case 'map':
    case 'multimap':
      return 'multimap';
    case 'ordered-list':
      return 'ordered-list';
  }
}
