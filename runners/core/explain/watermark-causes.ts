import {
  formatDuration,
  TIMESTAMP_MAX,
  type EventTime,
  type ProcessingTime,
} from '#portability/model/time.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { HoldReason } from '../time/holds.js';
import type { Holder } from '../time/watermarks.js';
import type { Cause } from './explanation.js';
import {
  inputsOf,
  leastAdvanced,
  nameOf,
  recordsOf,
  siteOf,
  type JobRecord,
  type StageRecord,
} from './job-record.js';
import { sourceCause } from './source-cause.js';
import { countOf, keyText, timeText, windowText } from './texts.js';

/** A watermark that moved so lately is not said to stand, in milliseconds. */
const NOTABLE_MS = 1_000;
/** A bundle that runs for so long is worth a fix, in milliseconds. */
const LONG_BUNDLE_MS = 60_000;

const HELD_FOR: Readonly<Record<HoldReason, string>> = {
  pane: 'a pane that is not out',
  'final-pane': 'the final pane of a window',
};

/** Why the input watermark of a stage is where it is. */
export function inputCauses(job: JobRecord, record: StageRecord): readonly Cause[] {
  return holderCauses(job, record, record.stage.watermarks.inputHolder);
}

/** Why its output watermark is. */
function outputCauses(job: JobRecord, record: StageRecord): readonly Cause[] {
  return holderCauses(job, record, record.stage.watermarks.outputHolder);
}

/** `now 12:03:10   (for 9m)` */
export function standingText(
  time: EventTime,
  since: ProcessingTime | undefined,
  now: ProcessingTime,
): string {
  const stands =
    since === undefined || now - since < NOTABLE_MS
      ? ''
      : `   (for ${formatDuration(now - since)})`;
  return `${timeText(time, now)}${stands}`;
}

/** A bundle that user code is running. */
export function bundleCause({ now }: JobRecord, record: StageRecord): Cause {
  const { runningSince } = record.stage;
  const site = siteOf(record);
  const at = site === undefined ? '' : ` at ${site}`;
  if (runningSince === undefined) {
    return {
      kind: 'bundle',
      text: `a bundle of ${nameOf(record)}${at} failed and is tried again`,
      causes: [],
    };
  }
  const span = now - runningSince;
  const text = `a bundle of ${nameOf(record)}${at} has been running for ${formatDuration(span)}`;
  if (span < LONG_BUNDLE_MS) return { kind: 'bundle', text, causes: [] };
  const fix = {
    text: 'let the function return, or give its calls a time limit',
    ...(site === undefined ? {} : { site }),
  };
  return { kind: 'bundle', text, fix, causes: [] };
}

/** What a holder holds a watermark for. */
export function holderCauses(
  job: JobRecord,
  record: StageRecord,
  holder: Holder,
): readonly Cause[] {
  switch (holder.kind) {
    case 'upstream':
      return [upstreamCause(job, record, holder.stage, holder.partition)];
    case 'input':
      return inputCauses(job, record);
    case 'pending':
      return [pendingCause(record)];
    case 'bundle':
      return [bundleCause(job, record)];
    case 'restriction':
      return [sourceCause(job, record)];
    case 'side-input':
      return [sideInputCause(job, record, holder.view)];
    case 'test-stream':
      return [leaf('test-stream', `the script of ${nameOf(record)} goes on`)];
    case 'start':
    case 'done':
      return [];
    case 'hold':
      return [leaf('hold', `${nameOf(record)} holds it for ${HELD_FOR[holder.reason]}`)];
    case 'timer':
      return [timerCause(job, record, holder)];
    case 'window-expiration': {
      const window = windowIn(job, record, holder.window);
      return [
        leaf('hold', `${nameOf(record)} holds it for a key that hears of the end of ${window}`),
      ];
    }
  }
}

/** The producers of the input, each with where it is, and why the least of them is there. */
function upstreamCause(
  job: JobRecord,
  record: StageRecord,
  from: StageRecord['stage']['planned']['id'],
  partition: number | undefined,
): Cause {
  const least = leastAdvanced(recordsOf(job, from, partition));
  const producers = inputsOf(job, record.stage).flatMap((edge) => recordsOf(job, edge.from));
  const { output, outputSince } = least.stage.watermarks;
  const text =
    producers.length > 1
      ? `min over ${producers.map((p) => standing(job, p, least)).join(' · ')}`
      : `${nameOf(least)} is at ${standingText(output, outputSince, job.now)}`;
  return { kind: 'watermark', text, causes: outputCauses(job, least) };
}

function standing({ now }: JobRecord, producer: StageRecord, least: StageRecord): string {
  const time = timeText(producer.stage.watermarks.output, now);
  return `${nameOf(producer)} ${time}${producer.stage === least.stage ? ' ◀' : ''}`;
}

function pendingCause(record: StageRecord): Cause {
  const { pendingElements } = record.stage;
  const text = `${countOf(pendingElements, 'element')} wait${pendingElements === 1 ? 's' : ''} for a turn at ${nameOf(record)}`;
  return leaf('pending', text);
}

/** SID-2: a side window is ready once a pane of it has fired, or none can come any more in time. */
function sideInputCause(
  job: JobRecord,
  record: StageRecord,
  view: StageRecord['stage']['planned']['id'],
): Cause {
  const side = leastAdvanced(recordsOf(job, view, record.partition));
  const { input, inputSince } = side.stage.watermarks;
  const at = standingText(input, inputSince, job.now);
  const site = siteOf(record);
  const fix = {
    text: 'let the side input fire: a shorter window, or a trigger such as .trigger(eachElement(), …)',
    ...(site === undefined ? {} : { site }),
  };
  return {
    kind: 'side-input',
    text: `elements of ${nameOf(record)} wait for the ${side.stage.planned.name}, which is at ${at}`,
    ...(input === TIMESTAMP_MAX ? {} : { fix }),
    causes: inputCauses(job, side),
  };
}

/** TMR-6 */
function timerCause(
  job: JobRecord,
  record: StageRecord,
  { family, key, window, fire }: Extract<Holder, { readonly kind: 'timer' }>,
): Cause {
  const [edge] = inputsOf(job, record.stage);
  const of = `key ${keyText(key, edge?.keyCoder)} in ${windowIn(job, record, window)}`;
  const due = timeText(fire as EventTime, job.now);
  const site = siteOf(record);
  return {
    ...leaf('hold', `a timer ${family} of ${of} holds it until it fires at ${due}`),
    fix: {
      text: "set the timer with { outputTimestamp: 'none' } if it emits nothing early",
      ...(site === undefined ? {} : { site }),
    },
  };
}

function windowIn(job: JobRecord, record: StageRecord, window: Uint8Array): string {
  const [edge] = inputsOf(job, record.stage);
  return edge === undefined
    ? 'a window'
    : windowText(edge.windowCoder.decode(new ByteReader(window)), job.now);
}

function leaf(kind: Cause['kind'], text: string): Cause {
  return { kind, text, causes: [] };
}
