import { StrahlError } from '#portability/errors.js';
import { formatTime, type EventTime } from '#portability/model/time.js';
import { intervalWindow, type IntervalWindow } from '#portability/model/windows.js';
import type { CalendarSpec } from '../../dofn/calendar-spec.js';
import type { WindowAssigner } from './assign-windows.js';
import { DAY_MS, daysOf, ZoneTime } from './zone-time.js';

/** Beyond this, in milliseconds from 1970, there is no calendar. */
const CALENDAR_ENDS = 8.64e15 - 400 * DAY_MS;
/** Windows that are remembered: elements are mostly in one of the last few. */
const REMEMBERED = 8;

/**
 * Windows that begin at midnight of a time zone. Their lengths differ: a day with a change of the clock
 * has 23 or 25 hours.
 *
 * @throws STRAHL-4002, from the assigner, for a timestamp that no calendar has, as of elements that were
 *   never stamped
 */
export function calendarWindows(spec: CalendarSpec): WindowAssigner {
  const zone = new ZoneTime(spec.zone);
  let known: readonly (readonly [IntervalWindow])[] = [];
  return (t) => {
    for (const windows of known) {
      const [window] = windows;
      if (t >= window.start && t < window.end) return windows;
    }
    const windows = [windowOf(t, spec, zone)] as const;
    known = [windows, ...known.slice(0, REMEMBERED - 1)];
    return windows;
  };
}

function windowOf(t: EventTime, spec: CalendarSpec, zone: ZoneTime): IntervalWindow {
  if (Math.abs(t) > CALENDAR_ENDS) {
    throw new StrahlError('timestampOutOfBounds', {
      title: `calendar windows have no day for the timestamp ${formatTime(t)}`,
      fix: 'give elements their timestamps first: .withTimestamps((x) => …)',
    });
  }
  const [first, behind] = daysAround(Math.floor(zone.localOf(t) / DAY_MS), spec);
  return intervalWindow(zone.startOfDay(first) as EventTime, zone.startOfDay(behind) as EventTime);
}

/** The first day of the window that holds `day`, and the first behind it; days since 1970. */
function daysAround(
  day: number,
  { unit, count, start: [year, month, dayOfMonth] }: Omit<CalendarSpec, 'zone'>,
): readonly [first: number, behind: number] {
  if (unit === 'days') {
    const anchor = daysOf(year, month, dayOfMonth);
    const first = anchor + Math.floor((day - anchor) / count) * count;
    return [first, first + count];
  }
  const date = new Date(day * DAY_MS);
  const begun = date.getUTCDate() >= dayOfMonth ? 0 : -1;
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + begun;
  const anchor = year * 12 + month - 1;
  const first = anchor + Math.floor((months - anchor) / count) * count;
  const startOf = (m: number): number =>
    daysOf(Math.floor(m / 12), (((m % 12) + 12) % 12) + 1, dayOfMonth);
  return [startOf(first), startOf(first + count)];
}
