import { TIMESTAMP_MAX, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { OpenGroup } from '../grouping/open-group.js';
import { isGrouping } from '../stages/kind-of-stage.js';
import {
  deepestFix,
  renderExplanation,
  type Cause,
  type ExplainQuery,
  type Explanation,
} from './explanation.js';
import { coderCauses } from './edge-coders.js';
import { findStep, stageOfInterest, type FoundStep } from './find-stage.js';
import { groupCauses, groupTitle } from './group-causes.js';
import {
  inputsOf,
  leastAdvanced,
  recordsOf,
  type JobRecord,
  type StageRecord,
} from './job-record.js';
import { dropCauses } from './late-cause.js';
import { arrivedText, outputCausesOf } from './output-causes.js';
import { isKey, timeText } from './texts.js';
import { inputCauses, standingText } from './watermark-causes.js';

/** Groups that an explanation tells of one by one. */
const SHOWN = 3;

interface Asked {
  readonly isKey: (key: Uint8Array) => boolean;
  readonly isWindow: (window: Window) => boolean;
}

/**
 * Why an output is not there yet: what it waits for, who holds that, and since when; or what was dropped.
 * Pure: it reads what the engine has recorded, and runs nothing.
 *
 * @throws STRAHL-9002 for a step that the job does not have
 */
export function explain(job: JobRecord, query: ExplainQuery = {}): Explanation {
  if (query.coders === true) return explainCoders(job, query.step);
  const found = query.step === undefined ? stageOfInterest(job) : findStep(job, query.step);
  const records = recordsOf(job, found.planned.id);
  const { title, causes } =
    found.planned.kind === 'grouping'
      ? explainGrouping(job, found, records, query)
      : explainStage(job, found, records);
  const fix = deepestFix(causes);
  const explanation = { step: found.name, title, causes, ...(fix === undefined ? {} : { fix }) };
  return Object.freeze({ ...explanation, text: renderExplanation(explanation) });
}

function explainCoders(job: JobRecord, step: string | undefined): Explanation {
  const found = step === undefined ? undefined : findStep(job, step);
  const causes = coderCauses(job.plan, found?.planned);
  const place = found === undefined ? 'between stages' : `at "${found.name}"`;
  const title = `coders of elements ${place}; within a stage they are not encoded`;
  const explanation = { step: found?.name ?? '', title, causes };
  return Object.freeze({ ...explanation, text: renderExplanation(explanation) });
}

interface Told {
  readonly title: string;
  readonly causes: readonly Cause[];
}

function explainStage(job: JobRecord, { name }: FoundStep, records: readonly StageRecord[]): Told {
  const record = leastAdvanced(records);
  const done = records.every(({ stage }) => stage.watermarks.output === TIMESTAMP_MAX);
  const title = done
    ? `"${name}" has nothing more to emit`
    : `no output from "${name}" at the moment`;
  return { title, causes: outputCausesOf(job, record) };
}

function explainGrouping(
  job: JobRecord,
  { name }: FoundStep,
  records: readonly StageRecord[],
  query: ExplainQuery,
): Told {
  const asked = askedFor(job, records[0]!, query);
  const groups = records.flatMap((record) => openGroups(record, asked));
  const [first, ...others] = groups.sort(soonestFirst);
  const drops = records.flatMap((record) =>
    dropCauses(job, record, ({ key, window }) => asked.isKey(key) && asked.isWindow(window)),
  );
  if (first === undefined) {
    return {
      title: `nothing is held for ${whatText(query, job.now)} at "${name}"`,
      causes: [...drops, ...whyNone(job, records, query, drops)],
    };
  }
  const more: Cause[] = others.slice(0, SHOWN - 1).map(({ record, group }) => ({
    kind: 'watermark',
    text: `likewise ${groupTitle(job, record, group)}`,
    causes: [],
  }));
  if (others.length > SHOWN - 1) {
    const rest = others.length - SHOWN + 1;
    more.push({ kind: 'watermark', text: `and ${String(rest)} more`, causes: [] });
  }
  return {
    title: groupTitle(job, first.record, first.group),
    causes: [...groupCauses(job, first.record, first.group), ...drops, ...more],
  };
}

/** Nothing is there: it never came, or it came and its pane is out. */
function whyNone(
  job: JobRecord,
  records: readonly StageRecord[],
  { window }: ExplainQuery,
  drops: readonly Cause[],
): readonly Cause[] {
  const record = leastAdvanced(records);
  const { input, inputSince } = record.stage.watermarks;
  const received = records.reduce((sum, r) => sum + r.received, 0);
  if (input === TIMESTAMP_MAX) {
    const text = `the input has ended, ${arrivedText(received)}: what was held is out`;
    return drops.length > 0 && received === 0 ? [] : [{ kind: 'done', text, causes: [] }];
  }
  if (window !== undefined && window < input) {
    const passed = `the input watermark is past it, at ${standingText(input, inputSince, job.now)}`;
    const text = `${passed}: its pane is out, or nothing came for it in time`;
    return drops.length > 0 ? [] : [{ kind: 'fired', text, causes: [] }];
  }
  return [
    {
      kind: 'nothing-arrived',
      text: `${arrivedText(received)}, the input watermark is ${standingText(input, inputSince, job.now)}`,
      causes: received === 0 ? outputCausesOf(job, record) : inputCauses(job, record),
    },
  ];
}

interface Found {
  readonly record: StageRecord;
  readonly group: OpenGroup;
}

function openGroups(record: StageRecord, asked: Asked): Found[] {
  if (!isGrouping(record.stage)) return [];
  const found: Found[] = [];
  for (const group of record.stage.grouping.open()) {
    if (asked.isWindow(group.window) && asked.isKey(group.key)) found.push({ record, group });
  }
  return found;
}

/** What holds something comes before what does not, then the window that ends first. */
function soonestFirst(a: Found, b: Found): number {
  const empty = Number(a.group.buffered === 0) - Number(b.group.buffered === 0);
  return empty === 0 ? a.group.window.maxTimestamp - b.group.window.maxTimestamp : empty;
}

function askedFor(job: JobRecord, { stage }: StageRecord, { key, window }: ExplainQuery): Asked {
  const coder = inputsOf(job, stage)[0]?.keyCoder;
  return {
    isKey: (bytes) => key === undefined || isKey(bytes, coder, key),
    isWindow: (w) => window === undefined || holds(w, window),
  };
}

function holds(window: Window, time: EventTime): boolean {
  if (window.kind === 'interval') return window.start <= time && time < window.end;
  return window.kind === 'global' || window.maxTimestamp === time;
}

function whatText({ key, window }: ExplainQuery, now: ProcessingTime): string {
  if (key === undefined && window === undefined) return 'any key';
  const ofKey = key === undefined ? [] : [`key "${key}"`];
  const inWindow = window === undefined ? [] : [`the window at ${timeText(window, now)}`];
  return [...ofKey, ...inWindow].join(' in ');
}
