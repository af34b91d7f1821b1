import type { ElementCoder } from '#portability/coders/coder.js';
import type { PCollectionId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import type { ReadLoop } from '../compile/node.js';
import { EncodedValues } from '../groups/encoded-values.js';
import { IterableGroup } from '../groups/group.js';
import { continuationOf, PagedGroup } from '../groups/paged-group.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Port } from '../stage/stage-surroundings.js';
import type { Step } from '../steps/step.js';
import { isThenable } from '../answers.js';
import { Operator } from './operator.js';

const NO_FRAME: Frame = Object.freeze({
  bytes: new Uint8Array(0),
  count: 0,
  minTimestamp: TIMESTAMP_MAX,
});

/** Where elements come into a stage: decodes frames, one element at a time. */
export class StageInput extends Operator {
  readonly pcollection: PCollectionId;
  readonly reader: FrameReader;
  /** Elements read in this bundle. */
  count = 0;
  /** Set when the stage is compiled. */
  loop: ReadLoop = () => true;
  /** Elements are given without their keys: whoever takes them finds the key by the index of the frame. */
  keysAreLeft = false;
  frame: Frame = NO_FRAME;
  readonly #port: Port;
  /** Elements of the open frame. */
  #open = 0;

  constructor(stage: RunningStage, step: Step, port: Port) {
    super(stage, step);
    this.#port = port;
    this.pcollection = port.pcollection;
    this.reader = new FrameReader(port.windowCoder);
  }

  open(frame: Frame): void {
    this.count += frame.count;
    this.#open = frame.count;
    this.frame = frame;
    this.reader.reset(frame);
  }

  /** Leaves all but the first `kept` of the open frame's elements unread. */
  cut(kept: number): void {
    this.count += kept - this.#open;
    this.#open = kept;
    this.reader.cut(kept, this.#port.coder);
  }

  /** Whether the keys of elements can be found without decoding them. */
  get canLeaveKeys(): boolean {
    const { keyCoder, valueCoder, values } = this.#port;
    return keyCoder !== undefined && valueCoder !== undefined && values === undefined;
  }

  /** The element that the reader stands before. */
  decode(): unknown {
    const { input } = this.reader;
    const { coder, keyCoder, valueCoder, values } = this.#port;
    try {
      if (this.keysAreLeft) {
        this.reader.findKey(keyCoder!);
        input.pos = this.reader.keyEnd;
        return valueCoder!.decode(input);
      }
      if (values === undefined) return coder.decode(input);
      const key = keyCoder!.decode(input);
      const start = input.pos;
      this.reader.locate(values.coder);
      const rest = continuationOf(input.bytes, start);
      if (rest !== undefined) return [key, this.#paged(rest, values.elementCoder)];
      const encoded = new EncodedValues(input.bytes, start, input.pos, values.elementCoder);
      return [key, new IterableGroup(encoded)];
    } catch (e) {
      throw this.step.wrap(e);
    }
  }

  /** A group whose values are elsewhere, as long as its bundle runs. */
  #paged(token: Uint8Array, coder: ElementCoder<unknown>): PagedGroup<unknown> {
    const key = { kind: 'group-values', token } as const;
    const { state } = this.stage.bundle;
    return new PagedGroup(coder, (next) => {
      const pages = state.read([next === undefined ? { key } : { key, token: next }]);
      return isThenable(pages) ? pages.then(([page]) => page!) : pages[0]!;
    });
  }
}
