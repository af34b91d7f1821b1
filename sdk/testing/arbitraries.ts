// Where fast-check is not installed its types are `any`; nobody can call `arbitraries` there.
// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- there is no error where it is installed
/** @ts-ignore */
import type * as FastCheck from 'fast-check';
import type { Source } from '../collections/source.js';
import type { ScriptedEvent } from '../graph/graph-node.js';
import type { Schema } from '../schema/schema.js';
import { defineTestStream } from '../transforms/reading/read.js';
import * as t from '../transforms/windowing/triggers.js';
import { fixed, sessions, sliding, type WindowFn } from '../transforms/windowing/windows.js';
import type { Duration, EventTime } from '#portability/model/time.js';

type Trigger = ReturnType<typeof t.defaultTrigger>;

/**
 * Generators for fast-check; the library is loaded by `arbitraries`, and is yours to install.
 *
 * @example
 * ```ts
 * import type { Arbitraries } from 'strahl/testing';
 * const inputs = ({ times, windows }: Arbitraries) => ({ time: times(), window: windows() });
 * ```
 */
export interface Arbitraries {
  /** Event times in milliseconds, around the epoch. */
  times(): FastCheck.Arbitrary<EventTime>;
  /** Fixed, sliding and session windows of up to 12 ms. */
  windows(): FastCheck.Arbitrary<WindowFn>;
  /** Triggers that a grouping accepts: they never lose data by finishing. */
  triggers(): FastCheck.Arbitrary<Trigger>;
  /** Scripts: elements early, late and far ahead, watermarks, and time passing on the clock. */
  streams<T>(
    values: FastCheck.Arbitrary<T>,
    schema?: Schema<T>,
  ): FastCheck.Arbitrary<Source<T, 'unbounded'>>;
}

/**
 * Random windows, triggers and streams, for properties of pipelines.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { count } from 'strahl';
 * import { arbitraries, runTest } from 'strahl/testing';
 * const any = await arbitraries();
 * await fc.assert(
 *   fc.asyncProperty(any.streams(fc.string()), any.windows(), async (words, windows) => {
 *     const r = await runTest((p) => ({
 *       out: p.read(words).window(windows).combineGloballyWith(count(), { emptyDefault: false }),
 *     }));
 *     return r.out.values.every((n) => n > 0);
 *   }),
 *   { numRuns: 5 },
 * );
 * ```
 */
export async function arbitraries(): Promise<Arbitraries> {
  const fc = await import('fast-check');
  return Object.freeze({
    times: () => timesOf(fc),
    windows: () => windowsOf(fc),
    triggers: () => triggersOf(fc),
    streams: <T>(values: FastCheck.Arbitrary<T>, schema?: Schema<T>) =>
      eventsOf(fc, values).map((events) => defineTestStream(events, schema)),
  });
}

type Fc = typeof FastCheck;

/** Milliseconds around the epoch and around the watermark. */
const REACH = 40;
const MAX_SIZE = 12;

function timesOf(fc: Fc): FastCheck.Arbitrary<EventTime> {
  return fc.integer({ min: -REACH, max: REACH }).map((time) => time as EventTime);
}

function windowsOf(fc: Fc): FastCheck.Arbitrary<WindowFn> {
  const size = fc.integer({ min: 1, max: MAX_SIZE });
  return fc.oneof(
    size.map((ms) => fixed(ms)),
    fc.tuple(size, size).map(([a, b]) => sliding(Math.max(a, b), Math.min(a, b))),
    size.map((ms) => sessions(ms)),
  );
}

function triggersOf(fc: Fc): FastCheck.Arbitrary<Trigger> {
  const once = fc.oneof(
    fc.integer({ min: 1, max: 4 }).map((n) => t.afterCount(n)),
    fc.integer({ min: 0, max: MAX_SIZE }).map((ms) => t.afterProcessingTime(ms)),
  );
  const some = fc.array(once, { minLength: 1, maxLength: 3 });
  const again = fc
    .oneof(
      once,
      some.map((list) => t.anyOf(...list)),
      some.map((list) => t.allOf(...list)),
      some.map((list) => t.inOrder(...list)),
    )
    .map((trigger) => t.repeat(trigger));
  return fc.oneof(
    fc.constant(t.defaultTrigger()),
    again,
    fc.tuple(again, again).map(([early, late]) => t.afterWatermark().early(early).late(late)),
  );
}

function eventsOf<T>(
  fc: Fc,
  values: FastCheck.Arbitrary<T>,
): FastCheck.Arbitrary<readonly ScriptedEvent[]> {
  const element = fc.record({ value: values, timestamp: timesOf(fc) });
  const elements = fc.array(element, { minLength: 1, maxLength: 4 });
  const step = fc.integer({ min: 1, max: MAX_SIZE });
  return fc
    .array(
      fc.oneof(
        elements.map((list) => ({ kind: 'elements', elements: list }) as const),
        step.map((by) => ({ kind: 'watermark', by }) as const),
        step.map((by) => ({ kind: 'processing-time', advance: by as Duration }) as const),
      ),
    )
    .map((steps) => {
      let watermark = -REACH;
      return steps.map((event): ScriptedEvent => {
        if (event.kind !== 'watermark') return event;
        return { kind: 'watermark', time: (watermark += event.by) as EventTime };
      });
    });
}
