import { map, range } from 'rxjs';
import { count, fixed, pipeline } from 'strahl';
import { fromObservable, toObservable } from 'strahl/io/observable';

/** Counts what an Observable emits, per window, and gives the counts as an Observable again. */
export function countsPerSecond() {
  const ticks$ = range(0, 50).pipe(map((n) => ({ n, at: n * 100 })));
  const counts = toObservable<number>();
  const job = pipeline('rxjs', (p) =>
    p
      .read(fromObservable(ticks$, { eventTime: (t) => t.at }))
      .window(fixed('1s'))
      .combineGloballyWith(count(), { emptyDefault: false })
      .write(counts.sink),
  );
  return { job, counts$: counts.values$ };
}
