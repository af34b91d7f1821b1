import { external, offerTransform, pipeline, pythonSource, s } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';

const Review = s.row({ product: s.string, text: s.string });
const Judged = s.row({ product: s.string, mood: s.double });

/** What Python is asked to do: any function, class or model that its environment can import. */
const JUDGE = `
import typing
import apache_beam as beam

class Judged(typing.NamedTuple):
  product: str
  mood: float

beam.coders.registry.register_coder(Judged, beam.coders.RowCoder)
GOOD, BAD = {'good', 'fine', 'love'}, {'bad', 'broken', 'never'}

def mood(review):
  words = review.text.lower().split()
  return Judged(review.product, float(sum((w in GOOD) - (w in BAD) for w in words)))

def judge(reviews):
  return reviews | beam.Map(mood).with_output_types(Judged)
`;

const Options = s.options({
  input: s.string.default('examples/data/reviews.jsonl'),
  output: s.string.default('out/moods.jsonl'),
  python: s.string.default('python3').describe('an interpreter with the package apache-beam'),
});

/**
 * The mood of product reviews, judged by Python. Both languages are in one job, each in its own workers:
 *
 *   strahl job-server --port 8099
 *   strahl submit examples/13-cross-language.ts --job-endpoint localhost:8099 --python .venv/bin/python
 */
export default pipeline('review-moods', Options, (p, o) =>
  p
    .read(jsonl.files(o.input, Review))
    .pipe(
      external({
        python: '__callable__',
        kwargs: { source: pythonSource(JUDGE) },
        expansion: { python: o.python },
        output: Judged,
      }),
    )
    .filter(({ mood }) => mood < 0)
    .write(jsonl.sink(o.output)),
);

/**
 * The other way round: a transform of ours for pipelines of Python, Java or Go.
 *
 *   strahl expansion-service examples/13-cross-language.ts --port 8097
 */
export const clean = offerTransform(
  'example:clean:v1',
  {
    config: s.row({ longest: s.int64.default(200).describe('characters that are kept') }),
    input: s.string,
    description: 'Texts in lower case, without the space around them.',
  },
  (texts, { longest }) =>
    texts.map((text) => text.trim().toLowerCase().slice(0, longest), s.string),
);
