import { StrahlError } from '#portability/errors.js';
import { TIMESTAMP_MIN, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import { isTestClock, type Env } from '../env.js';
import type { TestEvent, TestStreamStage } from '../plan/plan.js';
import { Watermarks, type Bound } from '../time/watermarks.js';
import type { RunningStage, StageHost } from './running-stage.js';

/**
 * One output of a scripted source. It is never ready by itself: the scheduler plays the next event of all
 * scripts when nothing else can happen (TST-1).
 */
export class RunningTestStream implements RunningStage {
  readonly planned: TestStreamStage;
  readonly watermarks: Watermarks = new Watermarks();
  readonly pendingBytes = 0;
  readonly running = undefined;
  readonly resumeAt = undefined;
  readonly #script: TestEvent[];
  #next = 0;
  #watermark: EventTime = TIMESTAMP_MIN;
  #ended = false;
  #emitted = 0;
  #fetching: Promise<void> | undefined;

  constructor(planned: TestStreamStage) {
    this.planned = planned;
    this.#script = [...planned.script];
  }

  get pendingElements(): number {
    return this.#ended ? 0 : Math.max(1, this.#script.length - this.#next);
  }

  /** Elements played so far. */
  get emitted(): number {
    return this.#emitted;
  }

  /** Where the next event stands in the script of its stream; `undefined` at its end. */
  get nextPosition(): number | undefined {
    return this.#ended ? undefined : (this.#script[this.#next]?.position ?? this.#next);
  }

  /** Its next event must be fetched first. */
  get isWaiting(): boolean {
    return !this.#ended && this.#next === this.#script.length;
  }

  receive(): void {
    throw new TypeError(`${this.planned.name} has no input`);
  }

  pendingBounds(): readonly Bound[] {
    return this.#ended ? [] : [{ time: this.#watermark, holder: { kind: 'test-stream' } }];
  }

  holds(): readonly Bound[] {
    return [];
  }

  isReady(): boolean {
    return false;
  }

  /** DRN-1: the rest of the script is not played. */
  drain(): void {
    this.#ended = true;
  }

  /** Asks whoever drives the stream for its next event, once. @throws STRAHL-1003 for one that cannot be played */
  fetch(env: Env): Promise<void> {
    this.#fetching ??= this.#fetch(env).finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  async #fetch(env: Env): Promise<void> {
    const { stream, read } = this.planned.driven!;
    const position = this.#script.length;
    const event = await env.nextTestEvent?.({ stream, position });
    const own: TestEvent = event === undefined ? { kind: 'end', position } : read(event, position);
    if (own.kind === 'watermark' && own.time < this.#watermark) {
      throw new StrahlError('brokenGraph', {
        title: `the test stream "${this.planned.name}" cannot be followed`,
        why: `its watermark goes back at event ${String(position + 1)}`,
      });
    }
    this.#script.push(own);
  }

  /** Plays the next event. */
  step(host: StageHost): void {
    const event = this.#script[this.#next]!;
    switch (event.kind) {
      case 'elements':
        for (const edge of this.planned.outputs) host.deliver(edge, event.frames);
        for (const { count } of event.frames) this.#emitted += count;
        break;
      case 'watermark':
        this.#watermark = event.time;
        break;
      case 'processing-time': {
        const { clock } = host.env;
        if (!isTestClock(clock))
          throw new TypeError('a test stream needs a clock that it can move');
        clock.advanceTo((clock.now() + event.advance) as ProcessingTime);
        break;
      }
      case 'end':
        this.#ended = true;
        break;
      case 'pass':
    }
    this.#next++;
  }

  moved(): void {
    // Nothing waits for a watermark.
  }
}

/**
 * The stream whose turn it is: the one whose next event stands first in its script; of several the first
 * in the plan. So streams take turns, and the outputs of one stream keep the order of its script (TST-3).
 */
export function nextToPlay(stages: readonly RunningStage[]): RunningTestStream | undefined {
  let next: RunningTestStream | undefined;
  for (const stage of stages) {
    if (!(stage instanceof RunningTestStream) || stage.nextPosition === undefined) continue;
    if (next === undefined || stage.nextPosition < next.nextPosition!) next = stage;
  }
  return next;
}
