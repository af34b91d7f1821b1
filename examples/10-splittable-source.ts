import { mean, pipeline, s, source } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';

const Options = s.options({
  output: s.string.default('out/means.jsonl').describe('where to write, as JSON lines'),
});
const Reading = s.row({ sensor: s.string, celsius: s.double });

const ROWS = 1_000;
const PAGE = 100;

/** Stands for a slow service that returns its rows page by page. */
async function fetchPage(first: number) {
  await new Promise((resolve) => setImmediate(resolve));
  const size = Math.min(PAGE, ROWS - first);
  return Array.from({ length: size }, (_, i) => {
    const row = first + i;
    return { sensor: `s${String(row % 4)}`, celsius: 20 + (row % 8) };
  });
}

/**
 * A restriction is a range of rows. Each page is claimed before it is fetched, so the runner may at any time take away the
 * pages that are not claimed yet, and give them to whoever is idle.
 */
const readings = source({
  name: 'readings',
  element: Reading,
  bounded: 'bounded',
  initial: () => ({ from: 0, to: ROWS }),
  split: ({ from, to }) => {
    const middle = Math.ceil((from + to) / 2 / PAGE) * PAGE;
    return [
      { from, to: middle },
      { from: middle, to },
    ];
  },
  async read(r, { claim, emit, metrics }) {
    for (let first = r.from; claim(first); first += PAGE) {
      for (const reading of await fetchPage(first)) emit(reading);
      metrics.counter('pages').inc();
    }
  },
});

/** The mean temperature of each sensor. */
export default pipeline('splittable-source', Options, (p, o) =>
  p
    .read(readings)
    .keyBy('sensor')
    .combineWith(mean((r) => r.celsius))
    .map(([sensor, celsius]) => ({ sensor, celsius }))
    .write(jsonl.sink(o.output)),
);
