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
  async run() {
    const keys = stringKeys(KEYS);
    const grouping = openGrouping(true);
    let afterFew = 0;
    for (let bundle = 1; bundle <= BUNDLES; bundle++) {
      absorb(
        grouping,
        framesOf(
          KEYS,
          (i) => keys[i]!,
          () => 0.25,
        ),
      );
      const { overfull } = grouping;
      if (!overfull.empty) grouping.buffered -= overfull.replace(overfull.frames().map(addUp));
      if (bundle === FEW) afterFew = grouping.heldBytes;
    }
    return Promise.resolve([
      absoluteCase('after-1000-over-16', 'ratio', grouping.heldBytes / afterFew, 1.1),
    ]);
  },
};

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
