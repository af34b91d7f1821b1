import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { Context, Stamped } from '../../dofn/dofn.js';
import { stamp } from '../../dofn/stamped.js';
import { stateOf, type OrderedListState, type ValueState } from '../../dofn/state.js';
import type { FiredTimer, Timer } from '../../dofn/timers.js';
import { kvOf, PLAIN, taggedOf, tupleOf, type CoderChoice } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { keyedCoder } from '../checks.js';
import { mapValuesStep } from '../elements.js';
import { flattenStep, requireCompatible } from '../grouping.js';
import type { StepInput } from '../par-do.js';
import { statefulStep } from '../stateful/stateful.js';
import { eventTimer } from '../stateful/timers.js';

/** Side 0 has the values, side 1 the versions. */
type Tagged = readonly [side: 0 | 1, value: unknown];

interface States {
  readonly versions: OrderedListState<unknown>;
  /** With their times, which the list does not keep at the limits of time. */
  readonly waiting: OrderedListState<readonly [time: EventTime, value: unknown]>;
  /** The earliest of `waiting`, for which the timer is set. */
  readonly first: ValueState<EventTime | null>;
}

interface Joining extends Context {
  readonly key: unknown;
  readonly state: States;
  readonly timers: { readonly due: Timer };
}

/**
 * Each value beside the latest version of its key as of its time.
 *
 *   T1. A value of time t waits until the watermark has passed t: then all versions up to t are known.
 *   T2. The timer holds the watermark at the first waiting value, which is emitted with its own time.
 *   T3. Of the versions before the last join only the latest is kept.
 */
export function temporalJoinStep(input: StepInput, versions: CollectionNode): CollectionNode {
  const { graph, main } = input;
  const name = 'temporalJoin';
  graph.use(main, name);
  const { key, value } = keyedCoder(graph, main, name);
  const { value: version } = keyedCoder(graph, versions, name);
  requireCompatible(graph, main, versions, name, 'incompatibleWindows');
  return graph.inside({ name, inputs: { in: main, versions } }, (composite) => {
    const coder = taggedOf([value, version]);
    const tagged = [main, versions].map((side, i) =>
      mapValuesStep({ graph, main: side }, (v: unknown) => [i, v], 'tag', coder),
    );
    const both = flattenStep(graph, tagged);
    const joined = statefulStep({ graph, main: both }, joining(value, version), undefined, 'asOf');
    joined.coder = kvOf(key, tupleOf(value, version));
    return graph.expose(composite, 'out', joined);
  });
}

const list = (value: CoderChoice): unknown => stateOf({ kind: 'ordered-list', value });

function joining(value: CoderChoice, version: CoderChoice): Parameters<typeof statefulStep>[1] {
  return {
    state: {
      versions: list(version),
      waiting: list(tupleOf(PLAIN, value)),
      first: stateOf({ kind: 'value', value: PLAIN, initial: null }),
    },
    timers: { due: eventTimer() },
    element,
    onTimer: { due: joined },
  };
}

function element([side, value]: Tagged, c: Joining): void {
  const { state, timestamp } = c;
  if (side === 1) {
    state.versions.add(value, ordinary(timestamp));
    return;
  }
  state.waiting.add([timestamp, value], ordinary(timestamp));
  const first = state.first.read();
  if (first === null || timestamp < first) expect(c, timestamp);
}

function expect({ state, timers, window }: Joining, first: EventTime): void {
  state.first.write(first);
  // T1. Nothing of the window lies behind its last time.
  const due = Math.min(ordinary(first) + 1, window.maxTimestamp) as EventTime;
  timers.due.at(due, { outputTimestamp: first });
}

async function* joined(c: Joining & FiredTimer): AsyncIterable<Stamped<unknown>> {
  const { key, state } = c;
  const first = state.first.read() ?? TIMESTAMP_MIN;
  const end = (Math.max(ordinary(first), ordinary(c.firedAt) - 1) + 1) as EventTime;
  const versions = await listed(state.versions.range(EARLIEST, end));
  let latest = -1;
  for await (const waiting of state.waiting.range(EARLIEST, end)) {
    const [time, value] = waiting.value;
    while (
      versions[latest + 1] !== undefined &&
      versions[latest + 1]!.timestamp <= waiting.timestamp
    ) {
      latest++;
    }
    yield stamp([key, [value, versions[latest]?.value]], time);
  }
  state.waiting.clearRange(EARLIEST, end);
  const kept = versions.at(-1);
  if (kept !== undefined) state.versions.clearRange(EARLIEST, kept.timestamp);
  state.first.clear();
  for await (const { value } of state.waiting) {
    expect(c, value[0]);
    break;
  }
}

const EARLIEST = Number.MIN_SAFE_INTEGER as EventTime;
const LATEST = Number.MAX_SAFE_INTEGER - 1;

/** Elements without a time, and those of a whole global window, lie at the limits of time, which no list takes. */
function ordinary(time: EventTime): EventTime {
  return Math.min(Math.max(time, EARLIEST), LATEST) as EventTime;
}

async function listed<T>(xs: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const x of xs) all.push(x);
  return all;
}
