import type { BundleContext, Context, DoFn } from '../dofn/dofn.js';
import type { PCollection } from '../collections/pcollection.js';
import type { Collected } from './collected.js';

/**
 * Copies the elements of `input` to `target`, each once: when its bundle is committed.
 *
 * @param name of the step that does it. Default: `process`, numbered if there are several
 */
export function collect<T>(input: PCollection<T>, target: Collected<T>[], name?: string): void {
  const collecting = (): DoFn<T, never> => {
    let bundle: Collected<T>[] = [];
    return {
      startBundle(c: BundleContext) {
        const elements: Collected<T>[] = (bundle = []);
        c.onBundleCommitted(() => {
          for (const element of elements) target.push(element);
        });
      },
      element(value: T, { timestamp, window, pane }: Context) {
        bundle.push({ value, timestamp, window, pane });
      },
    };
  };
  input.process(collecting, name === undefined ? {} : { name });
}
