import type { ElementCoder } from '../../coders/coder.js';
import { bundleId, transformId, type BundleId, type TransformId } from '../../model/ids.js';
import {
  decodeElements,
  encodeElements,
  type Elements,
  type Elements_Timers,
} from '../../proto/generated/fn-api.js';
import { ByteReader } from '../../wire/reader.js';
import type { TimerFrame } from '../connection.js';

/** A timer family of a stage, as messages name it. */
export interface FamilyPort {
  readonly transform: TransformId;
  readonly family: string;
  /** Finds where a timer ends. */
  readonly coder: Pick<ElementCoder<unknown>, 'skip'>;
}

/** Runs of timers in their order, then for each family that no more follow. */
export function timersMessages(
  bundle: BundleId,
  families: readonly FamilyPort[],
  runs: readonly TimerFrame[],
): readonly Uint8Array[] {
  const message = (timers: Partial<Elements_Timers>): Uint8Array =>
    encodeElements({ timers: [{ instructionId: bundle, ...timers }] });
  return [
    ...runs.map(({ transform, family, bytes }) =>
      message({ transformId: transform, timerFamilyId: family, timers: bytes }),
    ),
    ...families.map(({ transform, family }) =>
      message({ transformId: transform, timerFamilyId: family, isLast: true }),
    ),
  ];
}

/** Collects the timers of bundles until the last message of each family is there. */
export class TimersInbox {
  readonly #bundles = new Map<BundleId, ArrivedTimers>();
  readonly #onArrival: (bundle: BundleId) => void;
  readonly #expects: (bundle: BundleId) => boolean;

  /**
   * `onArrival` is called whenever the timers of a family of a bundle are complete; what `expects` denies is
   * not kept.
   */
  constructor(
    onArrival: (bundle: BundleId) => void,
    expects: (bundle: BundleId) => boolean = () => true,
  ) {
    this.#onArrival = onArrival;
    this.#expects = expects;
  }

  receive(message: Uint8Array): void {
    this.add(decodeElements(message));
  }

  /** Timers that came decoded. */
  add(elements: Elements): void {
    for (const timers of elements.timers) {
      const bundle = bundleId(timers.instructionId);
      if (!this.#expects(bundle)) continue;
      let arrived = this.#bundles.get(bundle);
      if (arrived === undefined) this.#bundles.set(bundle, (arrived = new ArrivedTimers()));
      arrived.add(timers);
      if (timers.isLast) this.#onArrival(bundle);
    }
  }

  /** Takes the timers out, in the order in which they came. */
  take(bundle: BundleId, families: readonly FamilyPort[]): readonly TimerFrame[] {
    const arrived = this.#bundles.get(bundle);
    this.#bundles.delete(bundle);
    return arrived?.runs(families) ?? [];
  }

  isComplete(bundle: BundleId, families: readonly FamilyPort[]): boolean {
    const arrived = this.#bundles.get(bundle);
    return families.every((family) => arrived?.isComplete(family) === true);
  }

  drop(bundle: BundleId): void {
    this.#bundles.delete(bundle);
  }
}

class ArrivedTimers {
  readonly #messages: Elements_Timers[] = [];
  readonly #ended: Elements_Timers[] = [];

  add(timers: Elements_Timers): void {
    if (timers.timers.length > 0) this.#messages.push(timers);
    if (timers.isLast) this.#ended.push(timers);
  }

  isComplete(port: FamilyPort): boolean {
    return this.#ended.some((timers) => isOf(timers, port));
  }

  /** A message holds whole timers; consecutive ones of a family are one run. */
  runs(families: readonly FamilyPort[]): readonly TimerFrame[] {
    return this.#messages.flatMap((message): readonly TimerFrame[] => {
      const port = families.find((family) => isOf(message, family));
      if (port === undefined) return [];
      const { timers: bytes, transformId: transform, timerFamilyId: family } = message;
      return [
        { transform: transformId(transform), family, bytes, count: countOf(bytes, port.coder) },
      ];
    });
  }
}

function isOf(
  { transformId: transform, timerFamilyId }: Elements_Timers,
  port: FamilyPort,
): boolean {
  return transform === (port.transform as string) && timerFamilyId === port.family;
}

function countOf(bytes: Uint8Array, coder: FamilyPort['coder']): number {
  const input = new ByteReader(bytes);
  let count = 0;
  for (; input.remaining > 0; count++) coder.skip(input);
  return count;
}
