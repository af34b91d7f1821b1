/** What connectors in `io/` are built with; no door of the package. */
export { defineCompositeSource, defineSource } from './transforms/reading/read.js';
export { defineSink } from './transforms/write.js';
export { libraryTransform } from './transforms/composites.js';
export { atCall } from './collections/at-call.js';
export { placedAt, placing } from './graph/placed.js';
