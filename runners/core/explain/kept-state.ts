import { formatDuration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { isStateful } from '../stages/kind-of-stage.js';
import type { WaitingTimer } from '../timers/stage-timers.js';
import type { Asked } from './asked.js';
import type { Cause } from './explanation.js';
import { inputsOf, nameOf, type JobRecord, type StageRecord } from './job-record.js';
import { countOf, keyText, timeText, windowText } from './texts.js';
import { inputCauses, standingText } from './watermark-causes.js';

/** What a step with state keeps for a key in a window. */
export interface KeptState {
  readonly record: StageRecord;
  /** Encoded. */
  readonly key: Uint8Array;
  readonly window: Window;
  /** Those of event time first, by the times at which they fire. */
  readonly timers: readonly WaitingTimer[];
}

/** All that matches, the window that ends first in front. */
export function keptState(job: JobRecord, record: StageRecord, asked: Asked): KeptState[] {
  const { stage } = record;
  if (!isStateful(stage)) return [];
  const { state, timers } = stage;
  const { windowCoder } = inputsOf(job, stage)[0]!;
  const found: KeptState[] = [];
  for (const { id, bytes } of state.windows) {
    const window = windowCoder.decode(new ByteReader(bytes));
    if (!asked.isWindow(window)) continue;
    for (let place = state.places.first(id); place >= 0; place = state.places.next(place)) {
      const key = state.places.keyOf(place);
      if (asked.isKey(key)) found.push({ record, key, window, timers: timers.of(place) });
    }
  }
  return found.sort((a, b) => a.window.maxTimestamp - b.window.maxTimestamp);
}

/** `no output yet for [12:00:00, 12:05:00) key "alice"   (state and 2 timers)` */
export function keptTitle(job: JobRecord, kept: KeptState): string {
  const coder = inputsOf(job, kept.record.stage)[0]?.keyCoder;
  const { length } = kept.timers;
  const what = length === 0 ? 'state, no timer' : `state and ${countOf(length, 'timer')}`;
  return `no output yet for ${windowText(kept.window, job.now)} key ${keyText(kept.key, coder)}   (${what})`;
}

/** What a key with state waits for: a timer, the end of its window, or another element. */
export function keptCauses(job: JobRecord, kept: KeptState): readonly Cause[] {
  const { record, timers, window } = kept;
  const { planned } = record.stage;
  const clocks = timers.filter(({ domain }) => domain === 'processing-time');
  const causes = clocks.map(({ family, fire }) =>
    leaf(`processing-time timer ${family} fires in ${formatDuration(fire - job.now)}`),
  );
  const [first, ...others] = timers.filter(({ domain }) => domain === 'event-time');
  if (first !== undefined)
    causes.unshift(waitCause(job, record, first.fire, `timer ${first.family}`));
  for (const { family, fire } of others) {
    causes.push(leaf(`timer ${family} fires at ${timeText(fire as EventTime, job.now)}`));
  }
  if (planned.kind === 'stateful' && planned.expiration !== undefined) {
    const { allowedLateness } = planned.windowing;
    const end = window.maxTimestamp + 1 + allowedLateness;
    causes.push(
      window.kind === 'global'
        ? leaf('it hears of the end of its window when all input has ended')
        : waitCause(job, record, end, 'the end of its window'),
    );
  }
  if (causes.length > 0) return causes;
  return [
    leaf(`${nameOf(record)} has no timer for it: it goes on with the next element of this key`),
  ];
}

function waitCause(job: JobRecord, record: StageRecord, time: number, what: string): Cause {
  const { input, inputSince } = record.stage.watermarks;
  const due = timeText(time as EventTime, job.now);
  const now = standingText(input, inputSince, job.now);
  return {
    kind: 'watermark',
    text: `${what} waits for input watermark ≥ ${due}, now ${now}`,
    causes: inputCauses(job, record),
  };
}

function leaf(text: string): Cause {
  return { kind: 'hold', text, causes: [] };
}
