import { formatDuration } from '#portability/model/time.js';
import { asksForEnd } from '#portability/model/triggers.js';
import { describeTrigger } from '#portability/model/trigger-rules.js';
import type { OpenGroup } from '../grouping/open-group.js';
import { isGrouping } from '../stages/kind-of-stage.js';
import type { Cause } from './explanation.js';
import { inputsOf, nameOf, siteOf, type JobRecord, type StageRecord } from './job-record.js';
import { bytesText, countOf, keyText, timeText, windowText } from './texts.js';
import { inputCauses, standingText } from './watermark-causes.js';

/** `no pane yet for [12:00:00, 12:05:00) key "alice"   (3 elements buffered, 1.2 kB)` */
export function groupTitle(job: JobRecord, record: StageRecord, group: OpenGroup): string {
  const planned = record.stage.planned;
  const noun =
    planned.kind === 'grouping' && planned.compaction !== undefined ? 'accumulator' : 'element';
  const buffered = `(${countOf(group.buffered, noun)} buffered, ${bytesText(group.bytes)})`;
  const what = group.ended && group.buffered === 0 ? 'nothing more' : 'no pane yet';
  return `${what} for ${groupText(job, record, group)}   ${buffered}`;
}

/** `[12:00:00, 12:05:00) key "alice"` */
export function groupText(
  job: JobRecord,
  { stage }: StageRecord,
  { key, window }: OpenGroup,
): string {
  const coder = inputsOf(job, stage)[0]?.keyCoder;
  const of = coder === undefined ? '' : ` key ${keyText(key, coder)}`;
  return `${windowText(window, job.now)}${of}`;
}

/** Why a group has not emitted what it holds. */
export function groupCauses(
  job: JobRecord,
  record: StageRecord,
  group: OpenGroup,
): readonly Cause[] {
  const { stage } = record;
  if (!isGrouping(stage)) return [];
  if (stage.grouping.due) {
    return [
      { kind: 'pending', text: `panes of ${nameOf(record)} are due and go out next`, causes: [] },
    ];
  }
  const { trigger } = stage.planned.windowing;
  if (group.ended && group.buffered === 0) return [firedCause(job, record, group)];
  const waits = group.ended ? [] : [endOfWindowCause(job, record, group)];
  if (trigger.kind === 'default') return waits;
  const next = stage.resumeAt;
  const clock =
    next === undefined ? '' : `; it is asked again in ${formatDuration(next - job.now)}`;
  const site = siteOf(record);
  const early = {
    text: "an early trigger: afterWatermark().early(every('10s'))",
    ...(site === undefined ? {} : { site }),
  };
  return [
    {
      kind: 'trigger',
      text: `the trigger ${describeTrigger(trigger)} is not satisfied${clock}`,
      ...(asksForEnd(trigger) && next === undefined ? { fix: early } : {}),
      causes: asksForEnd(trigger) ? waits : [],
    },
  ];
}

/** What lets the default trigger fire: the watermark passes the end of the window. */
function endOfWindowCause(job: JobRecord, record: StageRecord, { window }: OpenGroup): Cause {
  const { input, inputSince } = record.stage.watermarks;
  const due = timeText((window.maxTimestamp + 1) as typeof window.maxTimestamp, job.now);
  const at = window.kind === 'global' ? 'the end of all input' : `input watermark ≥ ${due}`;
  const text = `waits for ${at}, now ${standingText(input, inputSince, job.now)}`;
  return { kind: 'watermark', text, causes: inputCauses(job, record) };
}

function firedCause({ now }: JobRecord, record: StageRecord, group: OpenGroup): Cause {
  const text = `its panes are out; late elements are taken until ${timeText(group.expiry, now)}`;
  return { kind: 'fired', text: `${nameOf(record)}: ${text}`, causes: [] };
}
