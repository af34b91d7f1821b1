import {
  isStrahlError,
  StrahlError,
  type ErrorDetails,
  type ErrorKey,
} from '#portability/errors.js';
import { siteOf, type Transform } from '#portability/model/graph.js';
import type { PCollectionId, TransformId } from '#portability/model/ids.js';
import { TRANSFORM_URN } from '#portability/urns.js';
import { isFrozenWrite, mutationOf } from '../plan/checked-function.js';
import { completed } from './completed-error.js';
import { preview } from './preview.js';
import { StepMetrics } from './step-metrics.js';

/** What a function was called with when it failed. */
export interface FailedInput {
  readonly value?: unknown;
  /** Where it stands in the input, or which timer it is. */
  readonly position?: string;
}

/** A transform's place in the user's pipeline: what errors and metrics of its calls name. */
export class Step {
  readonly transform: TransformId;
  readonly name: string;
  readonly site: string | undefined;
  /** Its first, and for a source only, output. */
  readonly output: PCollectionId | undefined;
  readonly metrics: StepMetrics;
  /** Whether the function is given frozen elements. */
  readonly #checked: boolean;

  constructor(transform: Transform, checked = false) {
    this.transform = transform.id;
    this.name = nameOf(transform);
    this.site = siteOf(transform);
    [this.output] = transform.outputs.values();
    this.metrics = new StepMetrics();
    this.#checked = checked;
  }

  /** An error of this step. */
  error(key: ErrorKey, details: ErrorDetails, input?: FailedInput): StrahlError {
    return new StrahlError(key, { ...this.#place(input), ...details });
  }

  /**
   * What a user's function threw, told with step, construction site and element. An error that is
   * ours already keeps its code and gets what it does not say yet.
   */
  wrap(thrown: unknown, input?: FailedInput): StrahlError {
    if (isStrahlError(thrown)) {
      return thrown.step === undefined ? completed(thrown, this.#place(input)) : thrown;
    }
    if (this.isMutation(thrown)) return this.error('elementMutated', mutationOf(thrown), input);
    return new StrahlError('userCodeThrew', {
      ...this.#place(input),
      title: `the function threw ${textOfThrown(thrown)}`,
      cause: thrown,
    });
  }

  /** Whether the function failed because it writes to its element. */
  isMutation(thrown: unknown): boolean {
    return this.#checked && isFrozenWrite(thrown);
  }

  #place(input?: FailedInput): Partial<ErrorDetails> {
    const position = input?.position;
    return {
      step: this.name,
      ...(this.site === undefined ? {} : { site: this.site }),
      ...(input === undefined || !('value' in input) || isStart(input.value)
        ? {}
        : { element: preview(input.value) }),
      ...(position === undefined ? {} : { position }),
    };
  }
}

/** What a runner makes of a splittable step, each named after it; only the third part keeps its name. */
const PARTS: ReadonlySet<string> = new Set([
  TRANSFORM_URN.SDF_PAIR_WITH_RESTRICTION,
  TRANSFORM_URN.SDF_SPLIT_AND_SIZE_RESTRICTIONS,
  TRANSFORM_URN.SDF_TRUNCATE_SIZED_RESTRICTION,
]);

/** The name that the user knows. */
function nameOf({ uniqueName, spec }: Transform): string {
  const isPart = spec !== undefined && PARTS.has(spec.urn);
  return isPart ? uniqueName.replace(/\/(Pair|Split|Truncate)\w*$/, '') : uniqueName;
}

/** The element of an impulse says nothing. */
function isStart(x: unknown): boolean {
  return x instanceof Uint8Array && x.length === 0;
}

/** The message of what was thrown, which need not be an Error. */
export function textOfThrown(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const name = 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : 'Error';
    return `${name}: ${String(thrown.message)}`;
  }
  return `${preview(thrown)}, which is not an Error`;
}
