import { formatDuration } from '#portability/model/time.js';
import type { LateSample } from '../grouping/late-drops.js';
import { siteOfWindowing } from '../plan/windowing-step.js';
import { isGrouping, isStateful } from '../stages/kind-of-stage.js';
import type { Cause } from './explanation.js';
import { inputsOf, siteOf, type JobRecord, type StageRecord } from './job-record.js';
import { countOf, keyText, timeText, windowText } from './texts.js';

/** Samples that an explanation shows. */
const SHOWN = 3;
/** Lateness that a fix suggests is a round one. */
const ROUND_MS = [1_000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000];

/** As durations are written in programs. */
const LETTERS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** What a stage dropped because it came too late, or because the trigger had finished. */
export function dropCauses(
  job: JobRecord,
  record: StageRecord,
  matches: (sample: LateSample) => boolean,
): readonly Cause[] {
  const { stage } = record;
  if (isStateful(stage) && stage.late.count > 0) {
    const own = stage.late.samples.filter(matches);
    return own.length === 0 ? [] : [lateCause(job, record, stage.droppedAsLate, own)];
  }
  if (!isGrouping(stage)) return droppedCauses(job, record);
  const causes: Cause[] = [];
  const { late, grouping } = stage;
  if (late.count > 0) {
    const own = late.samples.filter(matches);
    if (own.length > 0) causes.push(lateCause(job, record, late.count, own));
  }
  if (grouping.droppedDueToClosedWindow > 0) {
    const n = countOf(grouping.droppedDueToClosedWindow, 'element');
    const text = `${n} came after the trigger of the window had finished, and were dropped`;
    const fix = { text: 'wrap the trigger in repeat(…)', ...at(siteOf(record)) };
    causes.push({ kind: 'closed', text, fix, causes: [] });
  }
  return causes;
}

/** Of a stage that keeps no samples. */
function droppedCauses(job: JobRecord, record: StageRecord): readonly Cause[] {
  const count = record.stage.droppedAsLate ?? 0;
  if (count === 0) return [];
  const fix = {
    text: ".window(…, { allowedLateness: '1h', panes: … })",
    ...at(siteOfWindowing(job.plan, record.stage.planned) ?? siteOf(record)),
  };
  return [{ kind: 'late', text: droppedText(count), fix, causes: [] }];
}

function droppedText(count: number): string {
  const windows = count === 1 ? 'its window and was' : 'their windows and were';
  return `${countOf(count, 'element')} came too late for ${windows} dropped`;
}

function lateCause(
  job: JobRecord,
  record: StageRecord,
  count: number,
  samples: readonly LateSample[],
): Cause {
  const worst = samples.reduce((most, s) => Math.max(most, lateBy(s)), 0);
  const { planned } = record.stage;
  const site = siteOfWindowing(job.plan, planned) ?? siteOf(record);
  return {
    kind: 'late',
    text: droppedText(count),
    fix: { text: `.window(…, { allowedLateness: '${rounded(worst)}', panes: … })`, ...at(site) },
    causes: samples.slice(-SHOWN).map((s) => sampleCause(job, record, s)),
  };
}

function sampleCause(job: JobRecord, { stage }: StageRecord, sample: LateSample): Cause {
  const { now } = job;
  const coder = inputsOf(job, stage)[0]?.keyCoder;
  const key = coder === undefined ? '' : `key ${keyText(sample.key, coder)} `;
  const text =
    `${key}at ${timeText(sample.timestamp, now)} for ${windowText(sample.window, now)}: ` +
    `the watermark was at ${timeText(sample.watermark, now)}, ${formatDuration(lateBy(sample))} past its end`;
  return { kind: 'late', text, causes: [] };
}

/** How far the watermark was past the end of the window, in milliseconds. */
function lateBy({ window, watermark }: LateSample): number {
  return watermark - (window.maxTimestamp + 1);
}

/** The next round duration above what was seen. */
function rounded(ms: number): string {
  const unit = ROUND_MS.findLast((u) => u <= Math.max(ms, ROUND_MS[0]!))!;
  const round = (Math.floor(ms / unit) + 1) * unit;
  const [letter, size] = LETTERS.find(([, of]) => round % of === 0)!;
  return `${String(round / size)}${letter}`;
}

function at(site: string | undefined): { readonly site?: string } {
  return site === undefined ? {} : { site };
}
