import { TIMESTAMP_MAX } from '#portability/model/time.js';
import type { OpenGroup } from '../grouping/open-group.js';
import { isGrouping } from '../stages/kind-of-stage.js';
import { askedFor, askedText, type Asked } from './asked.js';
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
import { leastAdvanced, recordsOf, type JobRecord, type StageRecord } from './job-record.js';
import { keptCauses, keptState, keptTitle } from './kept-state.js';
import { dropCauses } from './late-cause.js';
import { arrivedText, noneCameFrom, outputCausesOf } from './output-causes.js';
import { inputCauses, standingText } from './watermark-causes.js';

/** Groups that an explanation tells of one by one. */
const SHOWN = 3;

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
  const { title, causes } = told(job, found, records, query);
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

function told(
  job: JobRecord,
  found: FoundStep,
  records: readonly StageRecord[],
  query: ExplainQuery,
): Told {
  const { kind } = found.planned;
  if (kind === 'grouping') return explainGrouping(job, found, records, query);
  const isOfAll = query.key === undefined && query.window === undefined;
  if (kind === 'stateful' && !isOfAll) return explainState(job, found, records, query);
  return explainStage(job, found, records);
}

function explainStage(job: JobRecord, { name }: FoundStep, records: readonly StageRecord[]): Told {
  const record = leastAdvanced(records);
  const done = records.every(({ stage }) => stage.watermarks.output === TIMESTAMP_MAX);
  const title = done
    ? `"${name}" has nothing more to emit`
    : `no output from "${name}" at the moment`;
  return { title, causes: outputCausesOf(job, record) };
}

/** Of a step with state, what one key or window waits for. */
function explainState(
  job: JobRecord,
  { name }: FoundStep,
  records: readonly StageRecord[],
  query: ExplainQuery,
): Told {
  const asked = askedFor(job, records[0]!, query);
  const [first, ...others] = records.flatMap((record) => keptState(job, record, asked));
  const drops = dropsOf(job, records, asked);
  if (first === undefined) {
    return {
      title: `nothing is kept for ${askedText(query, job.now)} at "${name}"`,
      causes: [...drops, ...whyNone(job, records, query, drops)],
    };
  }
  const titles = others.map((kept) => keptTitle(job, kept));
  return {
    title: keptTitle(job, first),
    causes: [...keptCauses(job, first), ...drops, ...likewise(titles)],
  };
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
  const drops = dropsOf(job, records, asked);
  if (first === undefined) {
    return {
      title: `nothing is held for ${askedText(query, job.now)} at "${name}"`,
      causes: [...drops, ...whyNone(job, records, query, drops)],
    };
  }
  const titles = others.map(({ record, group }) => groupTitle(job, record, group));
  return {
    title: groupTitle(job, first.record, first.group),
    causes: [...groupCauses(job, first.record, first.group), ...drops, ...likewise(titles)],
  };
}

function dropsOf(
  job: JobRecord,
  records: readonly StageRecord[],
  { isKey, isWindow }: Asked,
): readonly Cause[] {
  return records.flatMap((record) =>
    dropCauses(job, record, ({ key, window }) => isKey(key) && isWindow(window)),
  );
}

/** Some of the others, and how many more there are. */
function likewise(titles: readonly string[]): readonly Cause[] {
  const shown = titles.slice(0, SHOWN - 1).map((title) => `likewise ${title}`);
  const rest = titles.length - shown.length;
  const texts = rest === 0 ? shown : [...shown, `and ${String(rest)} more`];
  return texts.map((text) => ({ kind: 'watermark', text, causes: [] }));
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
  const stateful = record.stage.planned.kind === 'stateful';
  const received = records.reduce((sum, r) => sum + r.received, 0);
  if (input === TIMESTAMP_MAX) {
    const text = `the input has ended, ${arrivedText(received)}: ${stateful ? 'what was kept is gone' : 'what was held is out'}`;
    const causes = received === 0 ? noneCameFrom(job, record) : [];
    return drops.length > 0 && received === 0 ? [] : [{ kind: 'done', text, causes }];
  }
  if (window !== undefined && window < input) {
    const passed = `the input watermark is past it, at ${standingText(input, inputSince, job.now)}`;
    const over = stateful ? 'its state is gone' : 'its pane is out';
    const text = `${passed}: ${over}, or nothing came for it in time`;
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
