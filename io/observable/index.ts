/**
 * rxjs at the edges of a pipeline: Observables in, Observables out.
 *
 * @packageDocumentation
 */
export { fromObservable, type FromObservableOptions } from './from-observable.js';
export { toObservable, type ObservableSink, type ToObservableOptions } from './to-observable.js';
export type { Overflow } from './buffer.js';
