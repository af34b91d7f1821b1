import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { CODER_URN } from '#portability/urns.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import type { CombineSpec, TransformSpec } from '#portability/model/transform-spec.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { ComponentsDraft } from './components-draft.js';
import { mainOf, stepOf, type Step } from './step.js';

type PerKey = CombineSpec<'combine-per-key'>;
type FirstPhase = 'combine-precombine' | 'combine-convert-to-accumulators';

const FIRST_PART: Readonly<Record<FirstPhase, string>> = {
  'combine-precombine': 'Precombine',
  'combine-convert-to-accumulators': 'Convert',
};

/**
 * Replaces each combine per key.
 *
 *   lifted      precombine → group by key → merge accumulators → extract
 *   otherwise   convert to accumulators → group by key → merge accumulators → extract
 *
 * Lifting moves most of the work before the grouping. Converted, each value stays an element of its own; not every
 * SDK knows the step that combines grouped values, but all know these.
 *
 *   L1. Where user code says with each accumulator how many elements it stands for, triggers and metrics
 *       count elements all the same, so that lifting is legal under every trigger.
 *   L2. Where it cannot, lifting is legal only if the trigger cannot tell accumulators from values (LFT-1), and
 *       neither can the times of the output.
 */
export function liftCombines(steps: readonly Step[], draft: ComponentsDraft): readonly Step[] {
  return steps.flatMap((step) => {
    if (step.spec.kind !== 'combine-per-key') return [step];
    const parts = new CombineParts(step, step.spec, draft);
    const windowing = draft.windowing(mainOf(step));
    if (mayCount(step, draft)) return parts.through('combine-precombine', counts(windowing));
    const liftable = isLiftable(windowing.trigger) && !tellsTimes(mainOf(step), draft);
    return parts.through(
      liftable ? 'combine-precombine' : 'combine-convert-to-accumulators',
      false,
    );
  });
}

/**
 * Whether an element may be late while others of its accumulator are not, and its time tells in the output: an
 * accumulator has one time for all of them.
 */
function tellsTimes(input: PCollectionId, draft: ComponentsDraft): boolean {
  const { boundedness } = draft.pcollection(input);
  return (
    boundedness === 'unbounded' && draft.windowing(input).timestampCombiner !== 'end-of-window'
  );
}

function mayCount({ transform: { environmentId } }: Step, draft: ComponentsDraft): boolean {
  if (environmentId === undefined) return false;
  return draft.environment(environmentId).capabilities.includes(COUNTED_CODER_URN);
}

/** Whether elements are counted: by a trigger, or because they came too late (LATE-3). */
function counts({ windowFn, trigger }: WindowingStrategy): boolean {
  return windowFn.kind !== 'global' || trigger.kind !== 'default';
}

/** LFT-1, where accumulators are not counted: no part of the trigger counts elements beyond the first, or orders firings. */
function isLiftable(trigger: TriggerSpec): boolean {
  switch (trigger.kind) {
    case 'default':
    case 'always':
    case 'never':
    case 'after-processing-time':
    case 'after-synchronized-processing-time':
      return true;
    case 'element-count':
      return trigger.count === 1;
    case 'after-end-of-window':
      return [trigger.early, trigger.late].every((sub) => sub === undefined || isLiftable(sub));
    case 'after-any':
      return trigger.subtriggers.every(isLiftable);
    case 'repeat':
      return isLiftable(trigger.subtrigger);
    case 'after-all':
    case 'after-each':
    case 'or-finally':
    case 'unknown':
      return false;
  }
}

class CombineParts {
  readonly #step: Step;
  readonly #combine: PerKey;
  readonly #draft: ComponentsDraft;
  readonly #input: PCollectionId;
  readonly #output: PCollectionId;
  readonly #keyCoder: CoderId;

  constructor(step: Step, combine: PerKey, draft: ComponentsDraft) {
    this.#step = step;
    this.#combine = combine;
    this.#draft = draft;
    this.#input = mainOf(step);
    this.#output = step.outputs[0]!;
    const [key] = draft.coder(draft.pcollection(this.#input).coderId).componentIds;
    this.#keyCoder = key!;
  }

  /** `counted`: the grouping is told how many elements each accumulator stands for. */
  through(first: FirstPhase, counted: boolean): readonly Step[] {
    const { accumulatorCoderId } = this.#combine;
    const input = this.#input;
    const sent = counted
      ? this.#draft.addCoder(COUNTED_CODER_URN, [accumulatorCoderId])
      : accumulatorCoderId;
    const accumulators = this.#pairs('accumulators', input, sent);
    const grouped = this.#pairs('grouped', this.#output, this.#iterable(accumulatorCoderId));
    const merged = this.#pairs('merged', this.#output, accumulatorCoderId);
    return [
      this.#part(FIRST_PART[first], this.#spec(first), input, accumulators),
      this.#part('Group', { kind: 'group-by-key' }, accumulators, grouped),
      this.#part('Merge', this.#spec('combine-merge-accumulators'), grouped, merged),
      this.#part('Extract', this.#spec('combine-extract-outputs'), merged, this.#output),
    ];
  }

  #spec(kind: TransformSpec['kind'] & `combine-${string}`): TransformSpec {
    return { ...this.#combine, kind };
  }

  #iterable(element: CoderId): CoderId {
    return this.#draft.addCoder(CODER_URN.ITERABLE, [element]);
  }

  /** A collection of `KV<key, value>`, windowed as `like`. */
  #pairs(suffix: string, like: PCollectionId, value: CoderId): PCollectionId {
    const coder = this.#draft.addCoder(CODER_URN.KV, [this.#keyCoder, value]);
    return this.#draft.addPCollection(`${this.#step.transform.id}-${suffix}`, like, coder);
  }

  #part(suffix: string, spec: TransformSpec, input: PCollectionId, output: PCollectionId): Step {
    const { transform, origin } = this.#step;
    const part = {
      ...transform,
      id: this.#draft.addTransformId(`${transform.id}-${suffix.toLowerCase()}`),
      uniqueName: `${transform.uniqueName}/${suffix}`,
      spec: writeTransformSpec(spec),
      subtransforms: [],
      inputs: new Map([['in', input]]),
      outputs: new Map([['out', output]]),
    };
    return stepOf(part, spec, origin);
  }
}
