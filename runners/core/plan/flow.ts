import { StrahlError } from '#portability/errors.js';
import type { PCollectionId } from '#portability/model/ids.js';
import type { Step } from './step.js';

/** Flattens that name one another as inputs multiply; beyond this a plan would not fit into memory. */
const MAX_FAN_IN = 100_000;

/** Where the elements of each collection come from, with flattens seen through. */
export class Flow {
  readonly #flattened = new Map<PCollectionId, readonly PCollectionId[]>();
  readonly #sources = new Map<PCollectionId, readonly PCollectionId[]>();

  constructor(steps: readonly Step[]) {
    for (const { spec, mains, outputs } of steps) {
      if (spec.kind === 'flatten') this.#flattened.set(outputs[0]!, mains);
    }
  }

  isFlattened(id: PCollectionId): boolean {
    return this.#flattened.has(id);
  }

  /**
   * The collections that together are `id`: itself, or what its flatten combines, one entry for each
   * time it is given (WM-9). Empty for a flatten without inputs.
   */
  sources(id: PCollectionId): readonly PCollectionId[] {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const found: PCollectionId[] = [];
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const inputs = this.#flattened.get(next);
      if (inputs === undefined) found.push(next);
      else for (let i = inputs.length - 1; i >= 0; i--) open.push(inputs[i]!);
      if (found.length + open.length > MAX_FAN_IN) throw fanInError(id);
    }
    this.#sources.set(id, found);
    return found;
  }
}

function fanInError(id: PCollectionId): StrahlError {
  return new StrahlError('brokenGraph', {
    title: `collection "${id}" flattens more than ${String(MAX_FAN_IN)} inputs`,
    fix: 'flatten in fewer levels, without giving the same input many times',
  });
}
