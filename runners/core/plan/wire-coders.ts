import { CODER_URN } from '#portability/urns.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import type { ComponentsDraft } from './components-draft.js';
import { groupedParts } from './grouped-parts.js';
import { mainOf, type Step } from './step.js';

/**
 * The coder in which the elements of each collection travel between stages.
 *
 * User code writes what the collection declares. The engine decodes nothing, so what it emits has the
 * bytes that came in: a grouping of `KV<K, V>` emits `KV<K, Iterable<V>>` of just these coders, a
 * reshuffle what it was given. Where that means the same as the declared coder, the declared id is kept.
 */
export function wireCodersOf(
  steps: readonly Step[],
  draft: ComponentsDraft,
): (id: PCollectionId) => CoderId {
  const emitted = new Map<PCollectionId, CoderId>();
  const wireCoder = (id: PCollectionId): CoderId =>
    emitted.get(id) ?? draft.pcollection(id).coderId;
  for (const step of steps) {
    const made = emittedCoder(step, wireCoder, draft);
    if (made === undefined) continue;
    for (const output of step.outputs) {
      const declared = draft.pcollection(output).coderId;
      emitted.set(output, draft.shape(declared) === draft.shape(made) ? declared : made);
    }
  }
  return wireCoder;
}

function emittedCoder(
  step: Step,
  wireCoder: (id: PCollectionId) => CoderId,
  draft: ComponentsDraft,
): CoderId | undefined {
  switch (step.spec.kind) {
    case 'impulse':
      return draft.addCoder(CODER_URN.BYTES);
    case 'reshuffle':
    case 'redistribute':
      return wireCoder(mainOf(step));
    case 'group-by-key': {
      const { key, value } = groupedParts(wireCoder(mainOf(step)), draft);
      return draft.addCoder(CODER_URN.KV, [key, draft.addCoder(CODER_URN.ITERABLE, [value])]);
    }
    default:
      return undefined;
  }
}
