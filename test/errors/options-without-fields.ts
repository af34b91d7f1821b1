import { pipeline, s, type Pipeline } from 'strahl';

/** Options that are one number. */
const fieldless: Pipeline = pipeline('fieldless', s.int as never, (p) => p.of([1]));
export default fieldless;
