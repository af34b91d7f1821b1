import type { StageId } from '#portability/model/ids.js';
import type { ViewStore } from './view-store.js';

/** The views of a task, by the stages that fill them. */
export type Views = ReadonlyMap<StageId, ViewStore>;
