import type { Frame } from '#portability/wire/frames.js';
import { absoluteCase, type Benchmark } from '../case.js';
import { absorb, framesOf, groupsOf, openGrouping } from './grouping-frames.js';
import { stringKeys } from './keys.js';

const KEYS = 1000;
const BUNDLES = 1000;
const FEW = 16;

/** Each bundle brings one accumulator per key; beyond 16 of them a group is merged to one. */
export const compact: Benchmark = {
  name: 'compact',
  about: 'bytes stored by a combine over 1,000 keys after 1,000 bundles, over those after 16',
  run() {
    return Promise.resolve([
      absoluteCase(
        'counts',
        'ratio',
        growth(() => 1),
        1.1,
      ),
      // Later bundles bring accumulators that encode longer than those of the first 16.
      absoluteCase(
        'growing-values',
        'ratio',
        growth((bundle) => bundle),
        1.1,
      ),
    ]);
  },
};

function growth(value: (bundle: number) => number): number {
  const keys = stringKeys(KEYS);
  const grouping = openGrouping(true);
  let afterFew = 0;
  for (let bundle = 1; bundle <= BUNDLES; bundle++) {
    const frames = framesOf(
      KEYS,
      (i) => keys[i]!,
      () => value(bundle),
    );
    absorb(grouping, frames);
    const { overfull } = grouping;
    if (!overfull.empty) grouping.buffered -= overfull.replace(overfull.frames().map(addUp));
    if (bundle === FEW) afterFew = grouping.heldBytes;
  }
  return grouping.heldBytes / afterFew;
}

/** What the user's combiner would do: one sum per group, in the same order. */
function addUp(groups: Frame): Frame {
  const sums = groupsOf(groups).map(({ key, values }) => ({
    key,
    sum: values.reduce((a, b) => a + b, 0),
  }));
  return framesOf(
    sums.length,
    (i) => sums[i]!.key,
    (i) => sums[i]!.sum,
  )[0]!;
}
