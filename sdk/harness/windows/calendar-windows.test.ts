// What a bug here would look like: a sale counted on the wrong day, twice a year and at New Year, or a window
// that does not hold the element that it was made for.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StrahlError } from '#portability/errors.js';
import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { IntervalWindow } from '#portability/model/windows.js';
import type { CalendarSpec } from '../../dofn/calendar-spec.js';
import { calendarWindows } from './calendar-windows.js';
import { DAY_MS } from './zone-time.js';

const DAYS: CalendarSpec = { unit: 'days', count: 1, zone: 'UTC', start: [1970, 1, 1] };

function windowOf(spec: Partial<CalendarSpec>, at: string | number): IntervalWindow {
  const t = typeof at === 'string' ? Date.parse(at) : at;
  const [window] = calendarWindows({ ...DAYS, ...spec })(t as EventTime, undefined);
  return window as IntervalWindow;
}

const iso = (t: number): string => new Date(t).toISOString().replace(':00.000Z', 'Z');

describe('calendar windows', () => {
  // prettier-ignore
  it.each([
    // zone                 at                       from                  to                    hours
    ['UTC',                 '2024-02-29T23:59:59Z',  '2024-02-29T00:00Z',  '2024-03-01T00:00Z',  24],
    ['Europe/Berlin',       '2024-01-01T12:00:00Z',  '2023-12-31T23:00Z',  '2024-01-01T23:00Z',  24],
    // Clocks go forward at 2:00, back at 3:00.
    ['Europe/Berlin',       '2024-03-31T12:00:00Z',  '2024-03-30T23:00Z',  '2024-03-31T22:00Z',  23],
    ['Europe/Berlin',       '2024-10-27T00:30:00Z',  '2024-10-26T22:00Z',  '2024-10-27T23:00Z',  25],
    ['Europe/Berlin',       '2024-10-27T01:30:00Z',  '2024-10-26T22:00Z',  '2024-10-27T23:00Z',  25],
    ['America/New_York',    '2024-11-03T05:59:00Z',  '2024-11-03T04:00Z',  '2024-11-04T05:00Z',  25],
    // Midnight is skipped: the day begins at 1:00 of the clocks.
    ['America/Sao_Paulo',   '2018-11-04T12:00:00Z',  '2018-11-04T03:00Z',  '2018-11-05T02:00Z',  23],
    ['America/Sao_Paulo',   '2018-11-04T02:59:59Z',  '2018-11-03T03:00Z',  '2018-11-04T03:00Z',  24],
    // Midnight comes twice: the clocks go from 1:00 back to 0:00.
    ['America/Havana',      '2023-11-05T05:30:00Z',  '2023-11-05T04:00Z',  '2023-11-06T05:00Z',  25],
    // From midnight back to 23:00 of the day before.
    ['America/Sao_Paulo',   '2019-02-17T01:30:00Z',  '2019-02-16T02:00Z',  '2019-02-17T03:00Z',  25],
    ['Asia/Kolkata',        '2024-05-01T18:29:59Z',  '2024-04-30T18:30Z',  '2024-05-01T18:30Z',  24],
    // A whole day that does not exist, across the date line.
    ['Pacific/Apia',        '2011-12-30T09:59:59Z',  '2011-12-29T10:00Z',  '2011-12-30T10:00Z',  24],
    ['UTC',                 '1969-12-31T23:59:59Z',  '1969-12-31T00:00Z',  '1970-01-01T00:00Z',  24],
  ])('days: in %s, %s is in [%s, %s), %d hours', (zone, at, from, to, hours) => {
    const window = windowOf({ zone }, at);
    expect([iso(window.start), iso(window.end)]).toEqual([from, to]);
    expect((window.end - window.start) / 3_600_000).toBe(hours);
  });

  // prettier-ignore
  it.each([
    // unit      n   start                    zone              at                      from                 to
    ['days',     7,  [1970, 1, 5],  'Europe/Berlin',  '2024-12-31T12:00:00Z', '2024-12-29T23:00Z', '2025-01-05T23:00Z'],
    ['days',     7,  [2024, 1, 7],  'America/New_York', '2024-03-10T12:00:00Z', '2024-03-10T05:00Z', '2024-03-17T04:00Z'],
    ['days',     3,  [1970, 1, 1],  'UTC',            '1969-12-31T00:00:00Z', '1969-12-29T00:00Z', '1970-01-01T00:00Z'],
    ['months',   1,  [1970, 1, 1],  'Asia/Tokyo',     '2023-12-31T15:00:00Z', '2023-12-31T15:00Z', '2024-01-31T15:00Z'],
    ['months',   1,  [1970, 1, 1],  'Asia/Tokyo',     '2023-12-31T14:59:59Z', '2023-11-30T15:00Z', '2023-12-31T15:00Z'],
    ['months',   1,  [1970, 1, 15], 'UTC',            '2024-03-14T23:59:59Z', '2024-02-15T00:00Z', '2024-03-15T00:00Z'],
    ['months',   3,  [1970, 1, 1],  'Europe/Berlin',  '2024-05-05T00:00:00Z', '2024-03-31T22:00Z', '2024-06-30T22:00Z'],
    ['months',   12, [1970, 4, 1],  'Europe/London',  '2024-03-31T22:59:59Z', '2023-03-31T23:00Z', '2024-03-31T23:00Z'],
    ['months',   12, [1970, 1, 1],  'UTC',            '1969-06-01T00:00:00Z', '1969-01-01T00:00Z', '1970-01-01T00:00Z'],
  ] as const)('%s: %d from %j in %s, %s is in [%s, %s)', (unit, count, start, zone, at, from, to) => {
    const window = windowOf({ unit, count, start, zone }, at);
    expect([iso(window.start), iso(window.end)]).toEqual([from, to]);
  });

  it('hold the element that they are made for, and follow each other without gap', () => {
    const spec = fc.record({
      unit: fc.constantFrom('days' as const, 'months' as const),
      count: fc.integer({ min: 1, max: 40 }),
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe'),
    });
    const times = fc.integer({ min: -200 * 365 * DAY_MS, max: 200 * 365 * DAY_MS });
    fc.assert(
      fc.property(spec, times, (of, t) => {
        const window = windowOf(of, t);
        expect(window.start).toBeLessThanOrEqual(t);
        expect(window.end).toBeGreaterThan(t);
        expect(windowOf(of, window.end).start).toBe(window.end);
        expect(windowOf(of, window.start - 1).end).toBe(window.start);
      }),
      { numRuns: 200 },
    );
  });

  it('refuse an element that was never stamped', () => {
    let code: string | undefined;
    try {
      windowOf({}, TIMESTAMP_MIN);
    } catch (e) {
      code = (e as StrahlError).code;
    }
    expect(code).toBe('STRAHL-4002');
  });
});
