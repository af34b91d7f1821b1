import { TIMESTAMP_MIN } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ImpulseStage } from '../plan/plan.js';
import type { RunningStage, StageHost } from './running-stage.js';
import { Watermarks, type Bound } from '../time/watermarks.js';

const NO_FIRING_BYTE = 0x0f;
const BEFORE: readonly Bound[] = [{ time: TIMESTAMP_MIN, holder: { kind: 'pending' } }];

/** One element, once. */
export class RunningImpulse implements RunningStage {
  readonly planned: ImpulseStage;
  readonly watermarks: Watermarks = new Watermarks();
  readonly pendingBytes = 0;
  readonly running = undefined;
  readonly resumeAt = undefined;
  #emitted = false;

  constructor(planned: ImpulseStage) {
    this.planned = planned;
  }

  get pendingElements(): number {
    return this.#emitted ? 0 : 1;
  }

  receive(): void {
    throw new TypeError(`${this.planned.name} has no input`);
  }

  pendingBounds(): readonly Bound[] {
    return this.#emitted ? [] : BEFORE;
  }

  holds(): readonly Bound[] {
    return [];
  }

  isReady(): boolean {
    return !this.#emitted;
  }

  step(host: StageHost): void {
    for (const edge of this.planned.outputs) host.deliver(edge, [impulse()]);
    this.#emitted = true;
  }

  moved(): void {
    // Nothing waits for a watermark.
  }
}

/** An empty byte string at the beginning of time, in the global window, never grouped. */
function impulse(): Frame {
  const out = new ByteWriter(16);
  out.timestamp(TIMESTAMP_MIN);
  out.int32(1);
  out.byte(NO_FIRING_BYTE);
  out.lengthPrefixed(new Uint8Array(0));
  return { bytes: out.toBytes(), count: 1, minTimestamp: TIMESTAMP_MIN };
}
