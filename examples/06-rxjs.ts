import { map, range, type Observable } from 'rxjs';
import { count, fixed, pipeline } from 'strahl';
import { fromObservable, toObservable } from 'strahl/io/observable';

const ticks$ = range(0, 50).pipe(map((n) => ({ n, at: n * 100 })));
const counts = toObservable<number>();

/** What the pipeline counted, as an Observable again. */
export const counts$: Observable<number> = counts.values$;

/** Counts what an Observable emits, second by second of its own time. */
export default pipeline('rxjs', (p) =>
  p
    .read(fromObservable(ticks$, { eventTime: (t) => t.at }))
    .window(fixed('1s'))
    .combineGloballyWith(count(), { emptyDefault: false })
    .log('ticks per second')
    .write(counts.sink),
);
