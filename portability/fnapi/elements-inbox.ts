import type { BundleId, TransformId } from '../model/ids.js';
import { bundleId, transformId } from '../model/ids.js';
import type { Elements } from '../proto/generated/fn-api.js';
import type { StageFrames } from './connection.js';
import type { Frame } from '../wire/frames.js';
import { decodeElementsViews } from './elements-message.js';
import { ElementStream } from './incoming-elements.js';
import type { StagePorts } from './stage-ports.js';

/** Collects the elements of bundles until the last message of each transform is there. */
export class ElementsInbox {
  readonly #bundles = new Map<BundleId, Arrived>();
  readonly #onArrival: (bundle: BundleId) => void;
  readonly #expects: (bundle: BundleId) => boolean;

  /**
   * `onArrival` is called whenever a transform's elements of a bundle are complete; what `expects` denies is
   * not kept.
   */
  constructor(
    onArrival: (bundle: BundleId) => void,
    expects: (bundle: BundleId) => boolean = () => true,
  ) {
    this.#onArrival = onArrival;
    this.#expects = expects;
  }

  isComplete(bundle: BundleId, transforms: readonly TransformId[]): boolean {
    const arrived = this.#bundles.get(bundle);
    return transforms.every((transform) => arrived?.complete.has(transform) === true);
  }

  /** A transform for which more has come behind its end. */
  endedTwice(bundle: BundleId): TransformId | undefined {
    return this.#bundles.get(bundle)?.endedTwice;
  }

  /** The transforms for which something has come. */
  transformsOf(bundle: BundleId): readonly TransformId[] {
    return [...(this.#bundles.get(bundle)?.chunks.keys() ?? [])];
  }

  receive(message: Uint8Array): void {
    this.add(decodeElementsViews(message));
  }

  /** Elements that came decoded, such as those in a response. */
  add(elements: Elements): void {
    for (const { instructionId, transformId: transform, data, isLast } of elements.data) {
      const bundle = bundleId(instructionId);
      // Of a bundle that is over, or never was: nobody will ask for it.
      if (!this.#expects(bundle)) continue;
      let arrived = this.#bundles.get(bundle);
      if (arrived === undefined) this.#bundles.set(bundle, (arrived = new Arrived()));
      arrived.add(transformId(transform), data, isLast);
      if (isLast) this.#onArrival(bundle);
    }
  }

  /** Takes the elements out once those of all `transforms` are complete. */
  take(
    bundle: BundleId,
    transforms: readonly TransformId[],
    ports: StagePorts,
  ): readonly StageFrames[] | undefined {
    if (!this.isComplete(bundle, transforms)) return undefined;
    const arrived = this.#bundles.get(bundle);
    this.#bundles.delete(bundle);
    return transforms
      .map((transform) => {
        const elements = new ElementStream();
        elements.open(ports.of(transform));
        for (const chunk of arrived?.chunks.get(transform) ?? []) elements.add(chunk, false);
        elements.add(NOTHING, true);
        return { transform, frames: framesOf(elements) };
      })
      .filter(({ frames }) => frames.length > 0);
  }

  drop(bundle: BundleId): void {
    this.#bundles.delete(bundle);
  }
}

const NOTHING = new Uint8Array(0);

function framesOf(elements: ElementStream): readonly Frame[] {
  const frames: Frame[] = [];
  for (let frame = elements.next(); frame !== undefined; frame = elements.next()) {
    frames.push(frame);
  }
  return frames;
}

class Arrived {
  readonly chunks = new Map<TransformId, Uint8Array[]>();
  readonly complete = new Set<TransformId>();
  endedTwice: TransformId | undefined;

  add(transform: TransformId, data: Uint8Array, isLast: boolean): void {
    if (this.complete.has(transform)) this.endedTwice = transform;
    const chunks = this.chunks.get(transform);
    if (chunks === undefined) this.chunks.set(transform, [data]);
    else chunks.push(data);
    if (isLast) this.complete.add(transform);
  }
}
