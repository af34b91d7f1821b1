import { count, max, min, pipeline, s, sessions } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';

const Click = s.row({ user: s.string, url: s.string, at: s.int64 });

const Options = s.options({
  input: s.string
    .default('examples/data/clicks.jsonl')
    .describe('clicks, one JSON object per line'),
  output: s.string.default('out/sessions.jsonl').describe('file to write'),
});

/** Visits of each user: a pause of ten minutes ends one. */
export default pipeline('sessions', Options, (p, o) =>
  p
    .read(jsonl.files(o.input, Click))
    .withTimestamps((click) => click.at)
    .keyBy('user')
    .window(sessions('10m'))
    .combine({ clicks: count(), from: min((c) => c.at), to: max((c) => c.at) })
    .map(([user, visit]) => ({
      user,
      clicks: visit.clicks,
      seconds: (visit.to - visit.from) / 1000,
    }))
    .write(jsonl.sink(o.output)),
);
