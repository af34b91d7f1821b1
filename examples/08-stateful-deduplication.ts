import { eventTimer, pipeline, s, value } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';

const Click = s.row({ user: s.string, url: s.string, at: s.int64 });

const Options = s.options({
  input: s.string
    .default('examples/data/clicks.jsonl')
    .describe('clicks, one JSON object per line'),
  output: s.string.default('out/first-clicks.jsonl').describe('file to write'),
});

/**
 * The first click of each user, and the next one only after ten quiet minutes: state remembers that the user
 * was seen, a timer forgets it.
 */
export default pipeline('stateful-deduplication', Options, (p, o) =>
  p
    .read(jsonl.files(o.input, Click))
    .withTimestamps((click) => click.at)
    .keyBy('user')
    .stateful({
      // A file is read in any order; what follows relies on time.
      requiresTimeSortedInput: true,
      state: { seen: value(s.boolean, false) },
      timers: { forget: eventTimer() },
      *element(click, { state, timers }) {
        // Setting the timer again replaces it: every click puts the forgetting off.
        timers.forget.after('10m');
        if (state.seen.read()) return;
        state.seen.write(true);
        yield click;
      },
      onTimer: {
        forget({ state }) {
          state.seen.clear();
        },
      },
    })
    .write(jsonl.sink(o.output)),
);
