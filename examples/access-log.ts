import { join } from 'node:path';
import {
  count,
  fixed,
  globalWindow,
  max,
  min,
  pipeline,
  s,
  sessions,
  sum,
  toList,
  toSet,
  type Infer,
  type PCollection,
} from 'strahl';
import { jsonl } from 'strahl/io/jsonl';
import { text } from 'strahl/io/text';
import { parseLine } from './access-log-line.js';

const Request = s.row({
  client: s.string,
  time: s.int64,
  path: s.string,
  status: s.int32,
  bytes: s.int64,
});
const DeadLetter = s.row({ line: s.string, why: s.string, file: s.string, offset: s.int64 });

type Requests = PCollection<Infer<typeof Request>, 'bounded', 'none'>;

const Options = s.options({
  input: s.string
    .default('examples/data/apache_access.log.gz')
    .describe('log in the common or combined format, plain or gzipped; a glob, or - for stdin'),
  output: s.string.default('out/access-log').describe('folder for the four result files'),
});

/** From a web server's log: traffic per hour, sessions per client, and the most requested pages. */
export default pipeline('access-log', Options, (p, o) => {
  const { records, dead: unreadable } = text.read(p, o.input, { withPosition: true });
  const { requests, dead } = records.split(
    { requests: Request, dead: DeadLetter },
    function* ({ line, file, offset }, out, c) {
      const parsed = parseLine(line);
      c.metrics.counter(parsed.kind === 'request' ? 'requests' : 'dead_letters').inc();
      yield parsed.kind === 'request'
        ? out.requests(parsed.request, parsed.request.time)
        : out.dead({ line, why: parsed.why, file, offset });
    },
  );
  const deadInOrder = unreadable
    .map(({ raw, why, file, offset }) => ({ line: raw, why, file, offset }), DeadLetter)
    .flattenWith(dead)
    .apply(
      'dead letters',
      sortedBy((d) => [d.file, d.offset]),
    );

  const save = <T>(name: string, rows: PCollection<readonly T[], 'bounded'>): unknown =>
    rows.apply(name, (all) =>
      all.flatMap((list) => list).write(jsonl.sink(join(o.output, `${name}.jsonl`))),
    );
  save('hourly', requests.apply('per hour', perHour));
  save('sessions', requests.apply('per session', perSession));
  save('top-pages', requests.apply('top ten', topPages));
  save('dead-letters', deadInOrder);
});

/** Requests, bytes, errors and distinct clients of each hour. */
function perHour(requests: Requests) {
  return requests
    .window(fixed('1h'))
    .combineGlobally({
      requests: count(),
      bytes: sum((r) => r.bytes),
      clientErrors: sum((r) => (r.status >= 400 && r.status < 500 ? 1 : 0)),
      serverErrors: sum((r) => (r.status >= 500 ? 1 : 0)),
      clients: toSet((r) => r.client),
    })
    .map((totals, c) => ({
      hour: second(c.window.kind === 'interval' ? c.window.start : c.timestamp),
      ...totals,
      clients: totals.clients.size,
    }))
    .apply(sortedBy((row) => [row.hour]));
}

/** Visits of each client: a pause of 30 minutes starts a new one. */
function perSession(requests: Requests) {
  return requests
    .keyBy('client')
    .window(sessions('30m'))
    .combine({ start: min((r) => r.time), end: max((r) => r.time), requests: count() })
    .map(([client, { start, end, requests: n }]) => ({
      client,
      start: second(start),
      end: second(end),
      requests: n,
    }))
    .apply(sortedBy((row) => [row.start, row.client]));
}

/** The ten paths asked for most often; of equals the one that comes first in the alphabet. */
function topPages(requests: Requests) {
  return requests
    .keyBy('path')
    .countPerKey()
    .map(([path, n]) => ({ path, requests: n }))
    .apply(sortedBy((page) => [-page.requests, page.path]))
    .map((pages) => pages.slice(0, 10));
}

/** All elements as one list, in the order of the given parts. */
function sortedBy<T>(parts: (x: T) => readonly (string | number)[]) {
  return (rows: PCollection<T, 'bounded'>) =>
    rows
      .window(globalWindow())
      .combineGloballyWith(toList<T>())
      .map((all) => [...all].sort((a, b) => compare(parts(a), parts(b))));
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i]!;
    if (x < y) return -1;
    if (x > y) return 1;
  }
  return 0;
}

/** `2015-05-17T10:05:03Z` */
function second(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
