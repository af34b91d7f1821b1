import { offerTransform, s } from 'strahl';

/* What `use_offers.py` uses. */

export const shout = offerTransform(
  'example:shout:v1',
  { config: s.row({ suffix: s.string.default('!') }), input: s.string },
  (words, { suffix }) => words.map((word) => word.toUpperCase() + suffix, s.string),
);

export const tally = offerTransform(
  'beam:schematransform:example:tally:v1',
  {
    config: s.row({ least: s.int64.describe('smallest sum that is given') }),
    input: s.row({ user: s.string, n: s.int64 }),
    description: 'Sums by user.',
  },
  (rows, { least }) =>
    rows
      .keyBy((row) => row.user)
      .mapValues((row) => row.n)
      .groupByKey()
      .map(
        async ([user, ns]) => ({ user, n: (await ns.toArray()).reduce((a, b) => a + b, 0) }),
        s.row({ user: s.string, n: s.int64 }),
      )
      .filter(({ n }) => n >= least),
);

export const sortOut = offerTransform(
  'example:sort_out:v1',
  { inputs: { words: s.string, more: s.string } },
  ({ words, more }) => {
    const { long, short } = words
      .flattenWith(more)
      .split({ long: s.string, short: s.string }, function* (word, out) {
        yield word.length > 2 ? out.long(word) : out.short(word);
      });
    return { long, short };
  },
);

export const numbers = offerTransform(
  'example:numbers:v1',
  { config: s.row({ to: s.int64 }) },
  (p, { to }) => p.generateSequence({ to }),
);
