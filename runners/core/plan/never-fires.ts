import type { PCollectionId } from '#portability/model/ids.js';
import type { ComponentsDraft } from './components-draft.js';

/** TRG-5: the end of the global window never comes for an input that has no end. */
export function neverFires(id: PCollectionId, draft: ComponentsDraft): boolean {
  const { windowFn, trigger } = draft.windowing(id);
  return (
    draft.pcollection(id).boundedness === 'unbounded' &&
    windowFn.kind === 'global' &&
    trigger.kind === 'default'
  );
}
