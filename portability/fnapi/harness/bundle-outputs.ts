import type { BundleId, TransformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import { encodeElements, type Elements } from '../../proto/generated/fn-api.js';
import type { Frame } from '../../wire/frames.js';
import type { BundleOutcome } from '../connection.js';
import { encodeElementsParts, type ElementsPart } from '../elements/elements-message.js';
import type { RunnerLink } from '../link.js';
import type { KnownStage } from './known-stages.js';

type Draft = { readonly data: ElementsPart[]; readonly timers: Timers[] };
type Timers = NonNullable<Init<Elements>['timers']>[number];

/** Bytes of elements and timers that travel in the response of their bundle. */
const EMBEDDED_BYTES = 64 * 1024;

/**
 * What a bundle emits and sets, on its way to the runner.
 *
 *   O1. All of it is in the response, or nothing.
 */
export class BundleOutputs {
  readonly #bundle: BundleId;
  readonly #stage: KnownStage;
  readonly #link: RunnerLink;
  readonly #stream: string;
  #hasSent = false;

  /** `stream`: which of its data streams the runner wants to see it on; '' for the one without a name. */
  constructor(bundle: BundleId, stage: KnownStage, link: RunnerLink, stream: string) {
    this.#bundle = bundle;
    this.#stage = stage;
    this.#link = link;
    this.#stream = stream;
  }

  /** While the bundle runs. A promise resolves when there is room for more. */
  send(sink: TransformId, frames: readonly Frame[]): void | Promise<void> {
    const endpoint = this.#stage.endpoints.data.get(sink);
    let waiting: void | Promise<void> = undefined;
    for (const { bytes } of frames) {
      const part = { instructionId: this.#bundle, transformId: sink, data: bytes };
      waiting = this.#toRunner(encodeElementsParts([part]), endpoint);
    }
    return waiting;
  }

  #toRunner(message: Uint8Array, endpoint: string | undefined): void | Promise<void> {
    this.#hasSent = true;
    return this.#link.toRunner('data', message, endpoint, this.#stream);
  }

  /** What is left, and the end of each stream: answers what goes with the response, if it does. */
  end(outcome: BundleOutcome): Init<Elements> | undefined {
    if (this.#isSmall(outcome)) {
      const drafts = [...this.#drafts(outcome, Infinity).values()];
      // Java's runners look for whoever takes them, and a stage without outputs has nobody.
      if (drafts.length === 0) return undefined;
      return {
        data: drafts.flatMap(({ data }) => data),
        timers: drafts.flatMap(({ timers }) => timers),
      };
    }
    for (const [endpoint, { data, timers }] of this.#drafts(outcome, 1)) {
      const rest = timers.length === 0 ? undefined : encodeElements({ timers });
      void this.#toRunner(encodeElementsParts(data, rest), endpoint);
    }
    return undefined;
  }

  #isSmall({ outputs, timers }: BundleOutcome): boolean {
    if (this.#link.takesEmbedded !== true || this.#hasSent) return false;
    const parts = [...outputs.flatMap(({ frames }) => frames), ...timers];
    return parts.reduce((total, { bytes }) => total + bytes.length, 0) <= EMBEDDED_BYTES;
  }

  /** By endpoint, with at most `most` frames of each sink: those before them are sent at once. */
  #drafts(
    { outputs, timers }: BundleOutcome,
    most: number,
  ): ReadonlyMap<string | undefined, Draft> {
    const { ports, endpoints } = this.#stage;
    const named = { instructionId: this.#bundle };
    const drafts = new Map<string | undefined, Draft>();
    const draftOf = (endpoint: string | undefined): Draft => {
      let draft = drafts.get(endpoint);
      if (draft === undefined) drafts.set(endpoint, (draft = { data: [], timers: [] }));
      return draft;
    };
    for (const sink of ports.sinks) {
      const frames = outputs.filter((o) => o.transform === sink).flatMap((o) => o.frames);
      const before = Math.max(0, frames.length - most);
      void this.send(sink, frames.slice(0, before));
      const { data } = draftOf(endpoints.data.get(sink));
      for (const { bytes } of frames.slice(before)) {
        data.push({ ...named, transformId: sink, data: bytes });
      }
      data.push({ ...named, transformId: sink, isLast: true });
    }
    for (const { transform: transformId, family: timerFamilyId, bytes } of timers) {
      const run = { ...named, transformId, timerFamilyId, timers: bytes };
      draftOf(endpoints.timers).timers.push(run);
    }
    for (const { transform: transformId, family: timerFamilyId } of ports.families) {
      const end = { ...named, transformId, timerFamilyId, isLast: true };
      draftOf(endpoints.timers).timers.push(end);
    }
    return drafts;
  }
}
