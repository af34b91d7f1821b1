import { TIMESTAMP_MIN, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import { isTestClock } from '../env.js';
import type { TestStreamStage } from '../plan/plan.js';
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
  #next = 0;
  #watermark: EventTime = TIMESTAMP_MIN;

  constructor(planned: TestStreamStage) {
    this.planned = planned;
  }

  get pendingElements(): number {
    return this.planned.script.length - this.#next;
  }

  /** Where the next event stands in the script of its stream; `undefined` at its end. */
  get nextPosition(): number | undefined {
    return this.planned.script[this.#next]?.position;
  }

  receive(): void {
    throw new TypeError(`${this.planned.name} has no input`);
  }

  pendingBounds(): readonly Bound[] {
    if (this.pendingElements === 0) return [];
    return [{ time: this.#watermark, holder: { kind: 'test-stream' } }];
  }

  holds(): readonly Bound[] {
    return [];
  }

  isReady(): boolean {
    return false;
  }

  /** Plays the next event. */
  step(host: StageHost): void {
    const event = this.planned.script[this.#next]!;
    switch (event.kind) {
      case 'elements':
        for (const edge of this.planned.outputs) host.deliver(edge, event.frames);
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
        break;
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
