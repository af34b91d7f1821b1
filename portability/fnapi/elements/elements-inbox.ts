import type { BundleId, TransformId } from '../../model/ids.js';
import { bundleId, transformId } from '../../model/ids.js';
import type { Elements } from '../../proto/generated/fn-api.js';
import type { Frame } from '../../wire/frames.js';
import type { StageFrames } from '../connection.js';
import { ElementStream } from './incoming-elements.js';
import type { StagePorts } from './stage-ports.js';

/**
 * Collects the elements of bundles until the last message of each transform is there.
 *
 *   I1. Elements are looked at when they come, while the harness makes more of them; what is wrong with them is
 *       told when they are taken.
 */
export class ElementsInbox {
  readonly #bundles = new Map<BundleId, Arrived>();
  readonly #onArrival: (bundle: BundleId) => void;
  readonly #portsOf: (bundle: BundleId) => StagePorts | undefined;

  /**
   * `onArrival` is called whenever a transform's elements of a bundle are complete; what belongs to a bundle of
   * which `portsOf` knows no stage is not kept.
   */
  constructor(
    onArrival: (bundle: BundleId) => void,
    portsOf: (bundle: BundleId) => StagePorts | undefined,
  ) {
    this.#onArrival = onArrival;
    this.#portsOf = portsOf;
  }

  isComplete(bundle: BundleId, transforms: readonly TransformId[]): boolean {
    const arrived = this.#bundles.get(bundle);
    return transforms.every((transform) => arrived?.of(transform)?.isEnded === true);
  }

  /** A transform for which more has come behind its end. */
  endedTwice(bundle: BundleId): TransformId | undefined {
    return this.#bundles.get(bundle)?.endedTwice;
  }

  /** The transforms for which something has come. */
  transformsOf(bundle: BundleId): readonly TransformId[] {
    return this.#bundles.get(bundle)?.transforms ?? [];
  }

  /** Elements of a message or of a response. */
  add(elements: Elements): void {
    for (const { instructionId, transformId: transform, data, isLast } of elements.data) {
      const bundle = bundleId(instructionId);
      const ports = this.#portsOf(bundle);
      // Of a bundle that is over, or never was: nobody will ask for it.
      if (ports === undefined) continue;
      let arrived = this.#bundles.get(bundle);
      if (arrived === undefined) this.#bundles.set(bundle, (arrived = new Arrived(ports)));
      arrived.add(transformId(transform), data, isLast);
      if (isLast) this.#onArrival(bundle);
    }
  }

  /**
   * Takes the elements out once those of all `transforms` are complete.
   *
   * @throws STRAHL-5002 for bytes that are no elements
   */
  take(bundle: BundleId, transforms: readonly TransformId[]): readonly StageFrames[] | undefined {
    if (!this.isComplete(bundle, transforms)) return undefined;
    const arrived = this.#bundles.get(bundle);
    this.#bundles.delete(bundle);
    return transforms
      .map((transform) => ({ transform, frames: arrived?.of(transform)?.take() ?? [] }))
      .filter(({ frames }) => frames.length > 0);
  }

  drop(bundle: BundleId): void {
    this.#bundles.delete(bundle);
  }
}

class Arrived {
  endedTwice: TransformId | undefined;
  readonly #ports: StagePorts;
  readonly #outputs = new Map<TransformId, ArrivedOutput>();

  constructor(ports: StagePorts) {
    this.#ports = ports;
  }

  get transforms(): readonly TransformId[] {
    return [...this.#outputs.keys()];
  }

  of(transform: TransformId): ArrivedOutput | undefined {
    return this.#outputs.get(transform);
  }

  add(transform: TransformId, data: Uint8Array, isLast: boolean): void {
    let output = this.#outputs.get(transform);
    if (output === undefined) {
      output = new ArrivedOutput(this.#ports, transform);
      this.#outputs.set(transform, output);
    }
    if (output.isEnded) this.endedTwice = transform;
    output.add(data, isLast);
  }
}

/** What has come of one output; an element may span messages. */
class ArrivedOutput {
  isEnded = false;
  readonly #elements = new ElementStream();
  readonly #frames: Frame[] = [];
  #failure: { readonly cause: unknown } | undefined;

  constructor(ports: StagePorts, transform: TransformId) {
    try {
      this.#elements.open(ports.of(transform));
    } catch (cause) {
      this.#failure = { cause };
    }
  }

  /** I1 */
  add(data: Uint8Array, isLast: boolean): void {
    this.isEnded ||= isLast;
    if (this.#failure !== undefined) return;
    this.#elements.add(data, isLast);
    try {
      for (;;) {
        const frame = this.#elements.next();
        if (frame === undefined) return;
        this.#frames.push(frame);
      }
    } catch (cause) {
      this.#failure = { cause };
    }
  }

  take(): readonly Frame[] {
    if (this.#failure !== undefined) throw this.#failure.cause;
    return this.#frames;
  }
}
