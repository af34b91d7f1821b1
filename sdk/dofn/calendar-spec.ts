import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';

/** Windows of the calendar; the payload says all, so that no function has to be found. */
export const CALENDAR_WINDOWS_URN = 'strahl:window_fn:calendar:v1';

/** Windows that begin at midnight of a time zone. */
export interface CalendarSpec {
  readonly unit: 'days' | 'months';
  /** How many days or months a window lasts; at least 1. */
  readonly count: number;
  /** IANA name of the time zone. */
  readonly zone: string;
  /** A day on which a window begins, as year, month (1…12) and day of the month. */
  readonly start: readonly [year: number, month: number, day: number];
}

export function calendarSpec({ unit, count, zone, start }: CalendarSpec): FunctionSpec {
  const text = JSON.stringify({ unit, count, zone, start });
  return functionSpec(CALENDAR_WINDOWS_URN, new TextEncoder().encode(text));
}

export function readCalendarSpec({ payload }: FunctionSpec): CalendarSpec {
  return JSON.parse(new TextDecoder().decode(payload)) as CalendarSpec;
}

/** As users read it in errors. */
export function describeCalendar({ unit, count, zone }: CalendarSpec): string {
  return `calendar windows of ${String(count)} ${unit} in ${zone}`;
}
