import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import type { CoderId } from '#portability/model/ids.js';
import type { ComponentsDraft } from './components-draft.js';

/** What a grouping makes of the pairs that it is given. */
export interface GroupedParts {
  readonly key: CoderId;
  /** Of what it keeps: without the count, if there is one. */
  readonly value: CoderId;
  /** Whether each value says how many elements it stands for. */
  readonly counted: boolean;
}

/** `pair`: the coder of the elements of a keyed edge. */
export function groupedParts(pair: CoderId, draft: ComponentsDraft): GroupedParts {
  const [key, value] = draft.coder(pair).componentIds;
  const { spec, componentIds } = draft.coder(value!);
  const counted = spec.urn === COUNTED_CODER_URN;
  return { key: key!, value: counted ? componentIds[0]! : value!, counted };
}
