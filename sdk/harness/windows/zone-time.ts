/** Milliseconds of a day on a calendar without changes of the clock. */
export const DAY_MS = 86_400_000;

/**
 * The clocks of one time zone. A *local* time is what they show, as milliseconds since their 1970: days
 * of it always have 24 hours, and some instants are missing or come twice.
 */
export class ZoneTime {
  readonly #format: Intl.DateTimeFormat;

  /** @throws RangeError for a zone that nobody knows */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** What the clocks show at the instant `t`. */
  localOf(t: number): number {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of this.#format.formatToParts(t)) parts[type] = value;
    const year = Number(parts.year);
    const days = daysOf(
      parts.era === 'BC' ? 1 - year : year,
      Number(parts.month),
      Number(parts.day),
    );
    const seconds = Number(parts.hour) * 3600 + Number(parts.minute) * 60 + Number(parts.second);
    return days * DAY_MS + seconds * 1000 + (t - Math.floor(t / 1000) * 1000);
  }

  /**
   * The instant at which a day begins: its midnight, or the change of the clock that skips midnight.
   *
   * @param day days since 1970
   */
  startOfDay(day: number): number {
    const midnight = day * DAY_MS;
    const before = this.#offset(midnight - DAY_MS);
    const after = this.#offset(midnight + DAY_MS);
    // With the offset of before, then of behind a change: the first that the clocks agree with.
    for (const offset of before === after ? [before] : [before, after]) {
      if (this.localOf(midnight - offset) === midnight) return midnight - offset;
    }
    // Midnight is skipped: the clocks would have come to it at the change.
    return midnight - before;
  }

  #offset(t: number): number {
    return this.localOf(t) - t;
  }
}

/** Days from the first of January 1970 to a date of the Gregorian calendar; months from 1. */
export function daysOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY_MS);
}
