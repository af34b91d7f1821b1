import type { BundleId, TransformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import { encodeElements, type Elements } from '../../proto/generated/fn-api.js';
import type { Frame } from '../../wire/frames.js';
import type { Duration } from '../../model/time.js';
import type { BundleOutcome, FrameOutlet } from '../connection.js';
import { encodeElementsParts, type ElementsPart } from '../elements/elements-message.js';
import type { RunnerLink } from '../link.js';
import type { KnownStage } from './known-stages.js';

/** What waits for its message. */
interface Draft {
  readonly data: ElementsPart[];
  readonly timers: Timers[];
  /** Of elements. */
  bytes: number;
}
type Timers = NonNullable<Init<Elements>['timers']>[number];

/** Bytes of elements and timers that travel in the response of their bundle. */
const EMBEDDED_BYTES = 64 * 1024;
/** Bytes of elements from which on a message is sent: one costs both ends about 20 µs, whatever it holds. */
const MESSAGE_BYTES = 256 * 1024;

/**
 * What a bundle emits and sets, on its way to the runner.
 *
 *   O1. All of it is in the response, or nothing.
 *   O2. Frames share messages, for as long as they may wait for each other.
 */
export class BundleOutputs implements FrameOutlet {
  readonly #bundle: BundleId;
  readonly #stage: KnownStage;
  readonly #link: RunnerLink;
  readonly #stream: string;
  readonly linger?: Duration;
  /** By endpoint. */
  readonly #drafts = new Map<string | undefined, Draft>();
  #hasSent = false;

  /** `stream`: which of its data streams the runner wants to see it on; '' for the one without a name. */
  constructor(bundle: BundleId, stage: KnownStage, link: RunnerLink, stream: string) {
    this.#bundle = bundle;
    this.#stage = stage;
    this.#link = link;
    this.#stream = stream;
    if (link.linger !== undefined) this.linger = link.linger;
  }

  /** While the bundle runs. A promise resolves when there is room for more. */
  send(sink: TransformId, frames: readonly Frame[]): void | Promise<void> {
    this.#hasSent = true;
    return this.#add(sink, frames);
  }

  flush(): void | Promise<void> {
    let waiting: void | Promise<void> = undefined;
    for (const [endpoint, draft] of this.#drafts) waiting = this.#toRunner(draft, endpoint);
    this.#drafts.clear();
    return waiting;
  }

  /** What is left, and the end of each stream: answers what goes with the response, if it does. */
  end(outcome: BundleOutcome): Init<Elements> | undefined {
    const isSmall = this.#isSmall(outcome);
    this.#close(outcome);
    if (isSmall) {
      const drafts = [...this.#drafts.values()];
      // Java's runners look for whoever takes them, and a stage without outputs has nobody.
      if (drafts.length === 0) return undefined;
      return {
        data: drafts.flatMap(({ data }) => data),
        timers: drafts.flatMap(({ timers }) => timers),
      };
    }
    void this.flush();
    return undefined;
  }

  #isSmall({ outputs, timers }: BundleOutcome): boolean {
    if (this.#link.takesEmbedded !== true || this.#hasSent) return false;
    const parts = [...outputs.flatMap(({ frames }) => frames), ...timers];
    return parts.reduce((total, { bytes }) => total + bytes.length, 0) <= EMBEDDED_BYTES;
  }

  #add(sink: TransformId, frames: readonly Frame[]): void | Promise<void> {
    const endpoint = this.#stage.endpoints.data.get(sink);
    let waiting: void | Promise<void> = undefined;
    for (const { bytes } of frames) {
      const draft = this.#draftFor(endpoint);
      draft.data.push({ instructionId: this.#bundle, transformId: sink, data: bytes });
      draft.bytes += bytes.length;
      if (draft.bytes < MESSAGE_BYTES) continue;
      this.#drafts.delete(endpoint);
      waiting = this.#toRunner(draft, endpoint);
    }
    return waiting;
  }

  /** Adds what is left and the ends. */
  #close({ outputs, timers }: BundleOutcome): void {
    const { ports, endpoints } = this.#stage;
    const named = { instructionId: this.#bundle };
    for (const sink of ports.sinks) {
      void this.#add(
        sink,
        outputs.filter((o) => o.transform === sink).flatMap((o) => o.frames),
      );
      const end = { ...named, transformId: sink, isLast: true };
      this.#draftFor(endpoints.data.get(sink)).data.push(end);
    }
    for (const { transform: transformId, family: timerFamilyId, bytes } of timers) {
      const run = { ...named, transformId, timerFamilyId, timers: bytes };
      this.#draftFor(endpoints.timers).timers.push(run);
    }
    for (const { transform: transformId, family: timerFamilyId } of ports.families) {
      const end = { ...named, transformId, timerFamilyId, isLast: true };
      this.#draftFor(endpoints.timers).timers.push(end);
    }
  }

  #draftFor(endpoint: string | undefined): Draft {
    let draft = this.#drafts.get(endpoint);
    if (draft === undefined) {
      draft = { data: [], timers: [], bytes: 0 };
      this.#drafts.set(endpoint, draft);
    }
    return draft;
  }

  #toRunner({ data, timers }: Draft, endpoint: string | undefined): void | Promise<void> {
    const rest = timers.length === 0 ? undefined : encodeElements({ timers });
    const message = encodeElementsParts(data, rest);
    return this.#link.toRunner('data', message, endpoint, this.#stream);
  }
}
