import { StrahlError } from '#portability/errors.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { Context, Key } from '../../dofn/dofn.js';
import { stateOf, type ValueState } from '../../dofn/state.js';
import type { Timer, TimerDeclaration } from '../../dofn/timers.js';
import { durationOf, type DurationLike } from '../../duration.js';
import { PLAIN } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { checkChoice, checkOptionNames } from '../../graph/option-names.js';
import { elementsAsKeys } from '../combining/combining.js';
import { keyByStep } from '../elements.js';
import type { StepInput } from '../par-do.js';
import { statefulStep } from './stateful.js';
import { eventTimer, processingTimer } from './timers.js';

/**
 * Which elements are copies of one another, and for how long.
 *
 * @example
 * ```ts
 * import type { DeduplicateOptions } from 'strahl';
 * const perDay: DeduplicateOptions<{ readonly id: string }> = { by: (x) => x.id, for: '1d' };
 * ```
 */
export interface DeduplicateOptions<T> {
  /** Elements with equal results are copies. Default: equal elements are. */
  readonly by?: (x: T) => Key;
  /** How long a copy is recognised after the first. */
  readonly for: DurationLike;
  /**
   * Whether that is measured by the times of the elements or by the clock. Default: by the clock, so that
   * what is kept is known whatever times elements have.
   */
  readonly domain?: 'event' | 'processing' | TimeDomain;
}

interface Seen extends Context {
  readonly key: unknown;
  readonly state: { readonly seen: ValueState<boolean> };
  readonly timers: { readonly forget: Timer };
}

/** Passes the first of equal elements on at once and forgets it after a while. */
export function deduplicateStep(input: StepInput, o: DeduplicateOptions<unknown>): CollectionNode {
  const { graph, main } = input;
  const name = 'deduplicate';
  graph.use(main, name);
  checkOptionNames(graph, name, o, ['by', 'for', 'domain']);
  checkChoice(graph, name, o, { domain: ['event', 'processing', 'event-time', 'processing-time'] });
  const { by, domain = 'processing' } = o;
  const ms = durationOf(o.for, `for of ${name}`, graph.site);
  if (ms <= 0) {
    throw new StrahlError('badValue', {
      title: `for of ${name} is ${String(ms)} ms`,
      ...graph.where(name),
      fix: "give a positive duration, for example for: '10m'",
    });
  }
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const keyed = by === undefined ? elementsAsKeys(input) : keyByStep(input, by);
    const firstOf = ({ key }: Seen, value: unknown): unknown => (by === undefined ? key : value);
    const firsts = statefulStep(
      { graph, main: keyed },
      remembering(ms, domain.startsWith('event') ? eventTimer() : processingTimer(), firstOf),
      undefined,
      'first',
    );
    firsts.coder = main.coder;
    return graph.expose(composite, 'out', firsts);
  });
}

function remembering(
  ms: number,
  forget: TimerDeclaration<Timer>,
  firstOf: (c: Seen, value: unknown) => unknown,
): Parameters<typeof statefulStep>[1] {
  // Nothing is emitted when it fires, so the watermark need not wait.
  const hold = { outputTimestamp: 'none' } as const;
  return {
    state: { seen: stateOf({ kind: 'value', value: PLAIN, initial: false }) },
    timers: { forget },
    element(value: unknown, c: Seen) {
      const { state, timers } = c;
      if (state.seen.read()) return [];
      state.seen.write(true);
      timers.forget.after(ms, hold);
      return [firstOf(c, value)];
    },
    onTimer: {
      forget: ({ state }: Seen) => {
        state.seen.clear();
      },
    },
  };
}
