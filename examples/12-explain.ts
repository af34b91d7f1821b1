import { count, fixed, pipeline, type Job } from 'strahl';
import { memory } from 'strahl/io/memory';

const START = Date.UTC(2026, 0, 1, 12);
const at = (minutes: number, seconds = 0): number => START + (minutes * 60 + seconds) * 1000;

/** A feed that falls silent: its last click belongs to a minute that is long over, and then nothing more comes. */
async function* clicks() {
  yield { user: 'ann', at: at(0, 10) };
  yield { user: 'bob', at: at(4, 20) };
  yield { user: 'ann', at: at(4, 50) };
  await new Promise((resolve) => setTimeout(resolve, 300));
  yield { user: 'ann', at: at(0, 30) };
  // The network is down, and nobody notices.
  await new Promise<never>(() => undefined);
}

/** Clicks of each user and minute. `idleAfter: 'never'`: the silent source holds back the windows for ever. */
const clicksPerMinute = pipeline('clicks-per-minute', (p) =>
  p
    .read(
      memory.iterable(clicks(), {
        bounded: false,
        eventTime: (click) => click.at,
        idleAfter: 'never',
      }),
    )
    .keyBy((click) => click.user)
    .window(fixed('1m'))
    .combineWith(count())
    .log(),
);

export default clicksPerMinute;

/**
 * Why there is nothing yet for bob, and what became of ann's last click. On the command line, while the job runs:
 *
 *   strahl explain clicks-per-minute --step combineWith --key bob
 */
export function questions(job: Job): { readonly bob: string; readonly ann: string } {
  return {
    bob: job.explain({ step: 'combineWith', key: 'bob' }).text,
    ann: job.explain({ step: 'combineWith', key: 'ann', window: at(0) }).text,
  };
}
