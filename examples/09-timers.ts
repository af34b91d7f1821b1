import { eventTimer, pipeline, s, value } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';

const Click = s.row({ user: s.string, url: s.string, at: s.int64 });

const Options = s.options({
  input: s.string
    .default('examples/data/clicks.jsonl')
    .describe('clicks, one JSON object per line'),
  output: s.string.default('out/paths.jsonl').describe('file to write'),
});

/** The pages that each user went through, written down when the user has been quiet for five minutes. */
export default pipeline('timers', Options, (p, o) =>
  p
    .read(jsonl.files(o.input, Click))
    .withTimestamps((click) => click.at)
    .keyBy('user')
    .stateful({
      // A file may be read in any order, but a path is in the order of time.
      requiresTimeSortedInput: true,
      state: { path: value(s.array(s.string), []) },
      timers: { quiet: eventTimer() },
      element(click, { state, timers }) {
        state.path.write([...state.path.read(), click.url]);
        // Setting the timer again replaces it: every click postpones the end of the visit.
        timers.quiet.after('5m');
      },
      onTimer: {
        *quiet({ key, state }) {
          yield { user: key, path: state.path.read() };
          state.path.clear();
        },
      },
    })
    .write(jsonl.sink(o.output)),
);
