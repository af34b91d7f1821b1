import type { ElementCoder } from '#portability/coders/coder.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Registers, RunningStage, Unfinished } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { Operator } from './operator.js';

/** Elements between two looks at the clock. */
const CHUNK = 4096;

/** Emits the elements that its payload holds: an int32 count, then nested encodings. */
export class CreateOperator extends Operator {
  readonly #payload: Uint8Array;
  readonly #coder: ElementCoder<unknown>;

  constructor(stage: RunningStage, step: Step, payload: Uint8Array, coder: ElementCoder<unknown>) {
    super(stage, step);
    this.#payload = payload;
    this.#coder = coder;
  }

  override process(): void {
    const { timestamp, windows, pane } = this.stage;
    const reader = new ByteReader(this.#payload);
    const count = reader.int32();
    this.stage.defer(new Creating(this, { timestamp, windows, pane }, reader, count, this.#coder));
  }
}

/** The elements of the payload that are not emitted yet. */
class Creating implements Unfinished {
  readonly #operator: CreateOperator;
  readonly #at: Registers;
  readonly #reader: ByteReader;
  readonly #coder: ElementCoder<unknown>;
  #left: number;

  constructor(
    operator: CreateOperator,
    at: Registers,
    reader: ByteReader,
    count: number,
    coder: ElementCoder<unknown>,
  ) {
    this.#operator = operator;
    this.#at = at;
    this.#reader = reader;
    this.#left = count;
    this.#coder = coder;
  }

  advance(): boolean {
    const { stage, emits, step } = this.#operator;
    const emit = emits[0]!;
    Object.assign(stage, this.#at);
    // This work itself is what blocks the root; another reason stops it.
    const own = stage.blocked;
    const { bundle } = stage;
    for (let i = 0; i < CHUNK && this.#left > 0 && stage.blocked === own; i++) {
      this.#left--;
      let element: unknown;
      try {
        element = this.#coder.decode(this.#reader);
      } catch (e) {
        throw step.wrap(e);
      }
      bundle.emitted++;
      emit(element);
    }
    return this.#left === 0;
  }
}
