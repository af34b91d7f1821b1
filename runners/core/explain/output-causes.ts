import type { StageId } from '#portability/model/ids.js';
import { formatDuration, TIMESTAMP_MAX } from '#portability/model/time.js';
import { isSource } from '../plan/plan.js';
import { isGrouping, isStateful } from '../stages/kind-of-stage.js';
import type { Bound } from '../time/watermarks.js';
import type { Cause } from './explanation.js';
import { groupCauses, groupText } from './group-causes.js';
import {
  inputsOf,
  leastAdvanced,
  nameOf,
  recordsOf,
  type JobRecord,
  type StageRecord,
} from './job-record.js';
import { dropCauses } from './late-cause.js';
import { noneGivenOn, readBy } from './none-given-on.js';
import { sourceCause } from './source-cause.js';
import { countOf } from './texts.js';
import { bundleCause, holderCauses } from './watermark-causes.js';

/** Why a stage emits nothing at the moment; upstream of it where nothing waits in it. */
export function outputCausesOf(
  job: JobRecord,
  record: StageRecord,
  seen: ReadonlySet<StageId> = new Set(),
): readonly Cause[] {
  const { stage, received } = record;
  const own = [...whatIsHere(job, record), ...dropCauses(job, record, () => true)];
  if (own.length > 0) return own;
  const path = new Set([...seen, stage.planned.id]);
  const upstream = producersOf(job, record).filter((p) => !path.has(p.stage.planned.id));
  if (stage.watermarks.output !== TIMESTAMP_MAX) {
    const text = `nothing waits at ${nameOf(record)}: ${arrivedText(received)}`;
    const causes = upstream.flatMap((producer) => outputCausesOf(job, producer, path));
    return [{ kind: 'nothing-arrived', text, causes: [...causes, ...noneGivenOn(job, record)] }];
  }
  // What has ended waits for nothing, but on the way to it elements may have been lost.
  const lossy = upstream.flatMap((producer) => outputCausesOf(job, producer, path));
  const causes = [...noneGivenOn(job, record), ...(received === 0 ? lossy : lossy.filter(isLoss))];
  const text = `${nameOf(record)} is at its end: ${arrivedText(received)}`;
  return [{ kind: 'done', text, causes }];
}

function isLoss({ kind, causes }: Cause): boolean {
  return kind === 'late' || kind === 'closed' || causes.some(isLoss);
}

/** Why nothing ever came to a stage: what upstream of it gave on nothing of what came there. */
export function noneCameFrom(job: JobRecord, record: StageRecord): readonly Cause[] {
  const producers = producersOf(job, record);
  return producers.flatMap((from) =>
    readBy(job, from) === 0 ? noneCameFrom(job, from) : noneGivenOn(job, from),
  );
}

/** What feeds the stage and may still emit: of each producer the task that is furthest behind. */
function producersOf(job: JobRecord, { stage }: StageRecord): readonly StageRecord[] {
  const producers = new Set(inputsOf(job, stage).map(({ from }) => from));
  const behind = [...producers].map((from) => leastAdvanced(recordsOf(job, from)));
  const open = behind.filter((p) => p.stage.watermarks.output !== TIMESTAMP_MAX);
  return open.length > 0 ? open : behind;
}

export function arrivedText(received: number): string {
  return received === 0 ? 'nothing has arrived' : `${countOf(received, 'element')} arrived so far`;
}

/** State emits when an element comes or a timer fires. */
function timerCauses(job: JobRecord, record: StageRecord): readonly Cause[] {
  const { stage } = record;
  const held = stage.holds().flatMap(({ holder }) => holderCauses(job, record, holder));
  const { resumeAt } = stage;
  if (resumeAt === undefined || resumeAt <= job.now) return held;
  const text = `the next processing-time timer of ${nameOf(record)} fires in ${formatDuration(resumeAt - job.now)}`;
  return [...held, { kind: 'hold', text, causes: [] }];
}

/** An element that waits for another stage says more than one that waits for its turn. */
function rankOf({ holder }: Bound): number {
  return holder.kind === 'side-input' ? 0 : 1;
}

/** What the stage itself has in hand. */
function whatIsHere(job: JobRecord, record: StageRecord): readonly Cause[] {
  const { stage } = record;
  if (isSource(stage.planned))
    return stage.watermarks.output === TIMESTAMP_MAX ? [] : [sourceCause(job, record)];
  if (stage.runningSince !== undefined) return [bundleCause(job, record)];
  // What waits here may be behind in time, or not: either way it is why nothing comes out.
  const [waiting] = [...stage.pendingBounds()].sort((a, b) => rankOf(a) - rankOf(b));
  if (waiting !== undefined) return holderCauses(job, record, waiting.holder);
  if (isGrouping(stage)) {
    for (const group of stage.grouping.open()) {
      if (group.buffered === 0) continue;
      const text = `${nameOf(record)} holds ${groupText(job, record, group)} and others`;
      return [{ kind: 'watermark', text, causes: groupCauses(job, record, group) }];
    }
  }
  if (isStateful(stage)) return timerCauses(job, record);
  return [];
}
