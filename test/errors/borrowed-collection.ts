import { pipeline, type PCollection, type Pipeline } from 'strahl';

let kept: PCollection<number, 'bounded', 'none'> | undefined;

await pipeline('lender', (p) => {
  kept = p.of([1, 2, 3]);
}).run();

/** Builds on a collection of a pipeline that was built, and has run, before. */
const borrower: Pipeline = pipeline('borrower', (p) => p.flatten(p.of([4]), kept!));
export default borrower;

/** Builds on a collection of a pipeline that has run. */
export const late: Pipeline = pipeline('late', () => kept!.map((n) => n));
