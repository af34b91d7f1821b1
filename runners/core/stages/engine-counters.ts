/** Namespace of what the engine itself counts. */
export const ENGINE_NAMESPACE = 'strahl';

/** What the engine counts of stages that group or keep state. */
export const DROPPED_DUE_TO_LATENESS = 'droppedDueToLateness';
export const DROPPED_DUE_TO_CLOSED_WINDOW = 'droppedDueToClosedWindow';
