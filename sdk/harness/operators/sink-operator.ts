import { isStrahlError } from '#portability/errors.js';
import type { PCollectionId } from '#portability/model/ids.js';
import type { Frame } from '#portability/wire/frames.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { KV } from '../../dofn/dofn.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Port } from '../stage/stage-surroundings.js';
import type { Step } from '../steps/step.js';
import { Operator } from './operator.js';

/** Where elements leave a stage: encodes them into frames, with an index if they are pairs. */
export class SinkOperator extends Operator {
  readonly pcollection: PCollectionId;
  readonly #port: Port;
  /** The step that made the elements: it is at fault when one has no bytes. */
  readonly #producer: Step;
  /** The step that made their keys. */
  readonly #keyProducer: Step;
  readonly #writer: FrameWriter;

  constructor(stage: RunningStage, step: Step, port: Port, producer: Step, keyProducer: Step) {
    super(stage, step);
    this.#producer = producer;
    this.#keyProducer = keyProducer;
    this.#port = port;
    this.pcollection = port.pcollection;
    this.#writer = new FrameWriter({
      windowCoder: port.windowCoder,
      keyed: port.keyCoder !== undefined,
    });
  }

  /** Elements written in this bundle. */
  count = 0;

  /** Bytes written in this bundle. */
  get bytes(): number {
    return this.#writer.byteSize;
  }

  override process(x: unknown): void {
    const { timestamp, windows, pane } = this.stage;
    const writer = this.#writer;
    const { coder, keyCoder, valueCoder } = this.#port;
    try {
      const out = writer.begin(timestamp, windows, pane);
      if (keyCoder === undefined) coder.encode(x, out);
      else {
        // Read by index: taking an array apart by pattern goes through its iterator.
        const pair = x as KV<unknown, unknown>;
        keyCoder.encode(pair[0], out);
        writer.keyEnd();
        valueCoder!.encode(pair[1], out);
      }
      writer.end();
    } catch (e) {
      throw (isKeyError(e) ? this.#keyProducer : this.#producer).wrap(e, { value: x });
    }
    this.count++;
  }

  /** Frames that are full, to be sent before the bundle ends. */
  takeFull(): readonly Frame[] {
    return this.#writer.takeFull();
  }

  /** All that was written and not taken, to be sent before the bundle ends. */
  takeWritten(): readonly Frame[] {
    return this.#writer.takeWritten();
  }

  /** What was written, and starts anew. */
  take(): readonly Frame[] {
    this.count = 0;
    return this.#writer.flush();
  }
}

/** Whether a value was refused because it is a key. */
export function isKeyError(e: unknown): boolean {
  return isStrahlError(e) && e.key === 'keyValueNotDeterministic';
}
