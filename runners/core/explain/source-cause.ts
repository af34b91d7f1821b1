import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { RunningRestrictions } from '../stages/restriction-stage.js';
import type { Cause } from './explanation.js';
import { siteOf, type JobRecord, type StageRecord } from './job-record.js';
import { spanText, timeText } from './texts.js';

/** A read that says nothing for so long is reported as stalled, in milliseconds. */
const STALLED_MS = 10_000;
/** A watermark that stands for so long because there is nothing to read is worth a fix, in milliseconds. */
const IDLE_MS = 10_000;
/** More parts of a source than this are not listed one by one. */
const LISTED = 8;

/** Why a stage that reads restrictions is where it is. */
export function sourceCause(job: JobRecord, record: StageRecord): Cause {
  const { stage } = record;
  const parts = stage instanceof RunningRestrictions ? stage.unfinished : [];
  const own = stateOfRead(job, record);
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
  const { stage } = record;
  const name = sourceName(record);
  const { now } = job;
  const { runningSince, resumeAt, watermarks } = stage;
  const standing = watermarks.outputSince === undefined ? undefined : now - watermarks.outputSince;
  if (runningSince !== undefined) {
    const span = spanText(now - runningSince);
    if (now - runningSince < STALLED_MS) {
      return cause('source-behind', `${name} is reading, for ${span}`);
    }
    const fix = withSite('let the read end, or give its calls a time limit', record);
    return { ...cause('source-stalled', `${name} is reading and says nothing for ${span}`), fix };
  }
  if (resumeAt !== undefined && resumeAt > now) {
    const still = standing === undefined ? '' : `, its watermark stands for ${spanText(standing)}`;
    const text = `${name} is caught up: nothing to read${still}; it looks again in ${spanText(resumeAt - now)}`;
    const idle = cause('source-idle', text);
    const isLong = standing !== undefined && standing >= IDLE_MS;
    return isLong ? { ...idle, fix: withSite("idleAfter: '1m'", record) } : idle;
  }
  if (resumeAt === undefined && watermarks.upstream !== TIMESTAMP_MAX) {
    return cause('source-behind', `${name} waits to be told what to read`);
  }
  return cause('source-behind', `${name} has more to read and waits for its turn`);
}

/** The step that reads; what is fused to it says nothing about the reading. */
function sourceName(record: StageRecord): string {
  const { stage, partition } = record;
  const name = stage.planned.steps[0]?.name ?? stage.planned.name;
  return partition === undefined ? `"${name}"` : `"${name}" partition ${String(partition)}`;
}

function cause(kind: Cause['kind'], text: string): Cause {
  return { kind, text, causes: [] };
}

function withSite(
  text: string,
  record: StageRecord,
): { readonly text: string; readonly site?: string } {
  const site = siteOf(record);
  return site === undefined ? { text } : { text, site };
}
