import { formatDuration, TIMESTAMP_MAX, type ProcessingTime } from '#portability/model/time.js';
import { RunningRestrictions } from '../stages/restriction-stage.js';
import type { Cause } from './explanation.js';
import { noneGivenOn } from './none-given-on.js';
import { siteOf, type JobRecord, type StageRecord } from './job-record.js';
import { timeText } from './texts.js';

/** A read that says nothing for so long is reported as stalled, in milliseconds. */
const STALLED_MS = 10_000;
/** A source out of which nothing comes for so long has nothing to read, in milliseconds. */
const SILENT_MS = 1_000;
/** One that is silent for so long, and holds the watermark, is worth a fix. */
const IDLE_MS = 10_000;
/** More parts of a source than this are not listed one by one. */
const LISTED = 8;

/** Why a stage that reads restrictions is where it is. */
export function sourceCause(job: JobRecord, record: StageRecord): Cause {
  const { stage } = record;
  const parts = stage instanceof RunningRestrictions ? stage.unfinished : [];
  const state = stateOfRead(job, record);
  const own = { ...state, causes: noneGivenOn(job, record) };
  if (parts.length < 2) return own;
  const least = parts.reduce((a, b) => (b.watermark < a.watermark ? b : a));
  const listed = parts.slice(0, LISTED).map((part, n) => {
    const mark = part === least ? ' ◀' : '';
    return `part ${String(n)} ${timeText(part.watermark, job.now)}${mark}`;
  });
  const more = parts.length > LISTED ? ` · … ${String(parts.length - LISTED)} more` : '';
  const text = `min over ${sourceName(record)}: ${listed.join(' · ')}${more}`;
  return { kind: 'watermark', text, causes: [own] };
}

function stateOfRead(job: JobRecord, record: StageRecord): Cause {
  const { runningSince, resumeAt, watermarks } = record.stage;
  const { now } = job;
  const name = sourceName(record);
  if (runningSince !== undefined && now - runningSince >= STALLED_MS) {
    const text = `${name} is reading and says nothing for ${formatDuration(now - runningSince)}`;
    const fix = withSite('let the read end, or give its calls a time limit', record);
    return { kind: 'source-stalled', text, fix, causes: [] };
  }
  const waits = resumeAt !== undefined && resumeAt > now;
  if (waits || silence(record, now) >= SILENT_MS)
    return idleCause(job, record, waits ? resumeAt : undefined);
  if (runningSince !== undefined) return behind(`${name} is reading`);
  return watermarks.upstream !== TIMESTAMP_MAX && resumeAt === undefined
    ? behind(`${name} waits to be told what to read`)
    : behind(`${name} has more to read and waits for its turn`);
}

/** When something last came; `undefined` if nothing ever did. */
function cameAt({ emittedAt, stage }: StageRecord): ProcessingTime | undefined {
  const readAt = stage instanceof RunningRestrictions ? stage.readAt : undefined;
  if (readAt === undefined || emittedAt === undefined) return readAt ?? emittedAt;
  return readAt > emittedAt ? readAt : emittedAt;
}

/** For how long nothing came, in milliseconds: if nothing ever did, since the source began. */
function silence(record: StageRecord, now: ProcessingTime): number {
  const since = cameAt(record) ?? record.stage.watermarks.inputSince;
  return since === undefined ? 0 : now - since;
}

function idleCause(
  { now }: JobRecord,
  record: StageRecord,
  resumeAt: ProcessingTime | undefined,
): Cause {
  const silent = silence(record, now);
  const came =
    cameAt(record) === undefined
      ? ': nothing has come yet'
      : silent < SILENT_MS
        ? ''
        : `: nothing has come for ${formatDuration(silent)}`;
  const again =
    resumeAt === undefined ? '' : `; it looks again in ${formatDuration(resumeAt - now)}`;
  const text = `${sourceName(record)} is caught up${came}${again}`;
  const cause = { kind: 'source-idle', text, causes: [] } as const;
  return silent >= IDLE_MS ? { ...cause, fix: withSite("idleAfter: '1m'", record) } : cause;
}

/** The step that reads; what is fused to it says nothing about the reading. */
function sourceName(record: StageRecord): string {
  const { stage, partition } = record;
  const name = stage.planned.steps[0]?.name ?? stage.planned.name;
  return partition === undefined ? `"${name}"` : `"${name}" partition ${String(partition)}`;
}

function behind(text: string): Cause {
  return { kind: 'source-behind', text, causes: [] };
}

function withSite(
  text: string,
  record: StageRecord,
): { readonly text: string; readonly site?: string } {
  const site = siteOf(record);
  return site === undefined ? { text } : { text, site };
}
