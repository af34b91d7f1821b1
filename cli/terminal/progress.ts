import { formatDuration } from '#portability/model/time.js';
import type { JobProgress } from '#sdk/runner.js';

/** A reading of a job's progress at a time of the process (ms, monotonic). */
export interface ProgressReading {
  readonly progress: JobProgress;
  readonly at: number;
}

/** Rates are those of the last seconds, so that a person sees a slow-down at once. */
const RATE_WINDOW_MS = 3_000;

/** Turns readings into the text of the progress line. Pure but for what it has been told. */
export class ProgressLine {
  readonly #startedAt: number;
  readonly #recent: ProgressReading[] = [];

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /**
   * Takes a reading and says it in one line, without a line break. `now` is the time of the day, in
   * milliseconds since the epoch: how far a stream is behind is measured by it.
   */
  tell(progress: JobProgress, at: number, now: number = Date.now()): string {
    this.#recent.push({ progress, at });
    while (this.#recent.length > 2 && at - this.#recent[0]!.at > RATE_WINDOW_MS)
      this.#recent.shift();
    const { eventTime } = progress;
    const parts = [
      progress.fraction === undefined ? undefined : `${Math.floor(progress.fraction * 100)} %`,
      progress.bytes > 0 ? `${bytesText(progress.bytes)} read` : undefined,
      elementsText(progress.elements),
      `${countText(this.#rate())}/s`,
      eventTime === undefined ? undefined : timeText(eventTime, progress.bounded ? undefined : now),
      progress.bounded ? undefined : `${bytesText(progress.stateBytes)} state`,
      formatDuration(at - this.#startedAt),
    ];
    return parts.filter((part) => part !== undefined && part !== '').join(' · ');
  }

  /** Elements per second, from the oldest recent reading or, at first, from the start. */
  #rate(): number {
    const first = this.#recent[0]!;
    const last = this.#recent.at(-1)!;
    const [elements, at] =
      first === last ? [0, this.#startedAt] : [first.progress.elements, first.at];
    const seconds = (last.at - at) / 1000;
    return seconds <= 0 ? 0 : (last.progress.elements - elements) / seconds;
  }
}

/** `1.4 MB`; decimal, as disks and networks are sold. */
export function bytesText(bytes: number): string {
  return scaled(bytes, ['B', 'kB', 'MB', 'GB', 'TB'], ' ');
}

/** `950`, `12.3k`, `4.1M`. */
export function elementsText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'element' : 'elements'}`;
}

export function countText(count: number): string {
  return scaled(Math.round(count), ['', 'k', 'M', 'G'], '');
}

function scaled(value: number, units: readonly string[], gap: string): string {
  let unit = 0;
  let rest = value;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  const digits = unit > 0 && rest < 100 ? 1 : 0;
  return `${rest.toFixed(digits)}${gap}${units[unit]!}`;
}

/**
 * Where a batch is in its data, or how far a stream is behind the time of the day. Ordinary times only: Beam's
 * extremes say that nothing or everything has been reached.
 */
function timeText(time: number, now: number | undefined): string {
  if (Math.abs(time) > 8_640_000_000_000_000) return '';
  if (now === undefined)
    return `event time ${new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')}`;
  return `watermark ${formatDuration(Math.max(0, now - time))} behind`;
}
