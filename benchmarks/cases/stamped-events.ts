import { source, type Source } from 'strahl';

/** Elements between two reports of the watermark; each report ends a bundle. */
const BUNDLE = 8192;

export interface StampedEvents {
  readonly count: number;
  /** Milliseconds of event time from one element to the next. */
  readonly step: number;
  /** How far element `n` is behind its place, in milliseconds; 0 for most. */
  readonly lag: (n: number) => number;
  /** How far the watermark stays behind the elements that have no lag. Default 0. */
  readonly disorder?: number;
}

/** Numbers from 0 with timestamps; the watermark follows those without lag. */
export function stampedEvents({
  count,
  step,
  lag,
  disorder = 0,
}: StampedEvents): Source<number, 'bounded'> {
  return source({
    name: 'events',
    bounded: 'bounded',
    initial: () => ({ from: 0, to: count }),
    read(r, { claim, emit, watermark, resumeAfter }) {
      const end = Math.min(r.to, (Math.floor(r.from / BUNDLE) + 1) * BUNDLE);
      for (let n = r.from; n < end; n++) {
        if (!claim(n)) return;
        emit(n, n * step - lag(n));
      }
      watermark(end * step - disorder);
      if (end < r.to) resumeAfter(0);
      else claim(end);
    },
  });
}
