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
import { preview } from './preview.js';
import { StepMetrics } from './step-metrics.js';

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
  error(key: ErrorKey, details: ErrorDetails, element?: { readonly value: unknown }): StrahlError {
    return new StrahlError(key, { ...this.#place(element), ...details });
  }

  /**
   * What a user's function threw, told with step, construction site and element. An error that is
   * ours already keeps its code and gets what it does not say yet.
   */
  wrap(thrown: unknown, element?: { readonly value: unknown }): StrahlError {
    if (isStrahlError(thrown)) return this.#complete(thrown, element);
    if (this.isMutation(thrown)) return this.error('elementMutated', mutationOf(thrown), element);
    return new StrahlError('userCodeThrew', {
      ...this.#place(element),
      title: titleOf(thrown),
      cause: thrown,
    });
  }

  /** Whether the function failed because it writes to its element. */
  isMutation(thrown: unknown): boolean {
    return this.#checked && isFrozenWrite(thrown);
  }

  #place(element?: { readonly value: unknown }): Pick<ErrorDetails, 'step' | 'site' | 'element'> {
    return {
      step: this.name,
      ...(this.site === undefined ? {} : { site: this.site }),
      ...(element === undefined || isStart(element.value)
        ? {}
        : { element: preview(element.value) }),
    };
  }

  #complete(e: StrahlError, element?: { readonly value: unknown }): StrahlError {
    if (e.step !== undefined) return e;
    const { title, why, fix, position, cause } = e;
    return new StrahlError(e.key, {
      ...this.#place(element),
      title,
      ...(e.element === undefined ? {} : { element: e.element }),
      ...(e.site === undefined ? {} : { site: e.site }),
      ...(position === undefined ? {} : { position }),
      ...(why === undefined ? {} : { why }),
      ...(fix === undefined ? {} : { fix }),
      ...(cause === undefined ? {} : { cause }),
    });
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
function titleOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const name = 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : 'Error';
    return `the function threw ${name}: ${String(thrown.message)}`;
  }
  return `the function threw ${preview(thrown)}, which is no Error`;
}
