import type { ElementCoder } from '#portability/coders/coder.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { RunningStage } from '../stage/running-stage.js';
import { preview } from '../steps/preview.js';
import type { Step } from '../steps/step.js';
import { Operator } from './operator.js';
import { sameValue } from './same-value.js';

/**
 * Checks that each element of a collection comes back from its bytes as it was. Steps of one stage hand
 * over the elements themselves; whoever reads them behind a shuffle gets what the coder makes of them. An
 * element that is another one there works in one plan and fails in the next.
 */
export class RoundTripOperator extends Operator {
  readonly #coder: ElementCoder<unknown>;

  /** `producer`: the step that makes the elements. */
  constructor(stage: RunningStage, producer: Step, coder: ElementCoder<unknown>) {
    super(stage, producer);
    this.#coder = coder;
  }

  /**
   * @throws STRAHL-5001 and other codes of the coder for an element without bytes; STRAHL-5007 for one that
   *   does not come back
   */
  override process(x: unknown): void {
    let bytes: Uint8Array;
    let back: unknown;
    try {
      bytes = this.#bytesOf(x);
      back = this.#coder.decode(new ByteReader(bytes));
    } catch (e) {
      throw this.step.wrap(e, { value: x });
    }
    if (sameValue(x, back) ?? this.#hasBytes(back, bytes)) return;
    throw this.step.error(
      'changedByCoder',
      {
        title: 'the element does not come back from its bytes as it was',
        why: `it comes back as ${preview(back)}`,
        fix: 'emit what the coder keeps, or give the step a schema or coder that keeps all of it',
      },
      { value: x },
    );
  }

  /** Equality of values whose class only their coder knows. */
  #hasBytes(value: unknown, bytes: Uint8Array): boolean {
    return Buffer.compare(this.#bytesOf(value), bytes) === 0;
  }

  #bytesOf(value: unknown): Uint8Array {
    const out = new ByteWriter(64);
    this.#coder.encode(value, out);
    return out.toBytes();
  }
}
