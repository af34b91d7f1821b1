import { checkNamesOfCall } from '../../graph/option-names.js';
import type { Callee } from '../../graph/site.js';
import { outOfRange } from './out-of-range.js';
import { windowFnOf, type WindowFn } from './windows.js';

/**
 * Options of calendar windows.
 *
 * @example
 * ```ts
 * import { calendar, type CalendarOptions } from 'strahl';
 * const berlin: CalendarOptions = { zone: 'Europe/Berlin' };
 * const fiscalYears = calendar.years(1, { ...berlin, startingOn: '2024-04-01' });
 * ```
 */
export interface CalendarOptions {
  /** IANA name of the time zone whose midnights begin windows. Default `'UTC'`. */
  readonly zone?: string;
  /**
   * A day on which a window begins, as `'2024-04-01'`; windows reach from it in both directions. Default
   * 1 January 1970; for weeks 5 January 1970, a Monday.
   */
  readonly startingOn?: `${number}-${number}-${number}`;
}

type Calendar = Readonly<
  Record<'days' | 'weeks' | 'months' | 'years', (n: number, o?: CalendarOptions) => WindowFn>
>;

/**
 * Windows of the calendar: `n` days, weeks, months or years that begin at midnight of a time zone. A day on
 * which clocks change has 23 or 25 hours.
 *
 * @throws STRAHL-1203 unless n is a whole number of at least 1, for a zone that nobody knows, and for a
 *   first day that does not exist or, of months and years, is behind the 28th
 * @example
 * ```ts
 * import { calendar, count, type PCollection } from 'strahl';
 * const daily = calendar.days(1, { zone: 'Europe/Berlin' });
 * const weeksFromSunday = calendar.weeks(1, { zone: 'America/New_York', startingOn: '2024-01-07' });
 * export const salesPerMonth = (sales: PCollection<number, 'unbounded'>) =>
 *   sales.window(calendar.months(1, { zone: 'Asia/Tokyo' })).count();
 * ```
 */
export const calendar: Calendar = Object.freeze({
  days: method('days', 'days', 1, '1970-01-01'),
  weeks: method('weeks', 'days', 7, '1970-01-05'),
  months: method('months', 'months', 1, '1970-01-01'),
  years: method('years', 'months', 12, '1970-01-01'),
});

function method(
  name: keyof Calendar,
  unit: 'days' | 'months',
  times: number,
  defaultStart: string,
): Calendar['days'] {
  const call = (n: number, o: CalendarOptions = {}): WindowFn => {
    checkNamesOfCall(`calendar.${name}`, o, ['zone', 'startingOn'], call);
    if (!Number.isSafeInteger(n) || n < 1 || n > 1_000_000) {
      throw outOfRange(
        `calendar.${name} is given ${String(n)}`,
        'give a whole number of at least 1',
        call,
      );
    }
    const zone = checkedZone(o.zone ?? 'UTC', call);
    const start = dateOf(o.startingOn ?? defaultStart, unit, call);
    return windowFnOf({ kind: 'calendar', unit, count: n * times, zone, start });
  };
  return call;
}

function checkedZone(zone: string, callee: Callee): string {
  try {
    // As the runtime writes it, so that equal zones have equal names.
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw outOfRange(
      `the time zone ${JSON.stringify(zone)} is not known`,
      "give an IANA name, as in 'Europe/Berlin'",
      callee,
    );
  }
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

function dateOf(
  text: string,
  unit: 'days' | 'months',
  callee: Callee,
): readonly [number, number, number] {
  const match = DATE.exec(text);
  const [year, month, day] = (match?.slice(1) ?? []).map(Number);
  const date = new Date(`${text}T00:00:00Z`);
  if (match === null || Number.isNaN(date.getTime()) || date.getUTCDate() !== day) {
    throw outOfRange(
      `startingOn is ${JSON.stringify(text)}`,
      "give a date, as in '2024-04-01'",
      callee,
    );
  }
  if (unit === 'months' && day > 28) {
    throw outOfRange(
      `startingOn is ${JSON.stringify(text)}, a day that not every month has`,
      'begin months and years on one of the first 28 days',
      callee,
    );
  }
  return [year!, month!, day];
}
