// What a bug here would look like: of timers of equal time one that was set later fires first.
import { expect, it } from '@jest/globals';
import { TimerQueues } from './timer-queues.js';
import { FIRE, ORDER, TimerRecords } from './timer-records.js';

it('TMR-4: timers of equal time fire in the order of their settings, also beyond 2^31 of them', () => {
  const records = new TimerRecords();
  const queues = new TimerQueues(records, () => 'event-time');
  const settings = [-2, -1, 0, 1].map((n) => 2 ** 31 + n);
  const rows = settings.map((order) => {
    const row = records.take();
    records.times(row)[records.timesAt(row) + FIRE] = 5;
    records.numbers(row)[records.numbersAt(row) + ORDER] = order;
    queues.add(row, 'event-time');
    return row;
  });
  const fired = rows.map(() => {
    const row = queues.first('event-time');
    queues.of('event-time').pop();
    return row;
  });
  expect(fired).toEqual(rows);
});
