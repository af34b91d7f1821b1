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

/** What a bundle emits and sets, on its way to the runner. */
export class BundleOutputs {
  readonly #bundle: BundleId;
  readonly #stage: KnownStage;
  readonly #link: RunnerLink;

  constructor(bundle: BundleId, stage: KnownStage, link: RunnerLink) {
    this.#bundle = bundle;
    this.#stage = stage;
    this.#link = link;
  }

  /** While the bundle runs. A promise resolves when there is room for more. */
  send(sink: TransformId, frames: readonly Frame[]): void | Promise<void> {
    const endpoint = this.#stage.endpoints.data.get(sink);
    let waiting: void | Promise<void> = undefined;
    for (const { bytes } of frames) {
      const part = { instructionId: this.#bundle, transformId: sink, data: bytes };
      waiting = this.#link.toRunner('data', encodeElementsParts([part]), endpoint);
    }
    return waiting;
  }

  /** What is left, and the end of each stream; all that fits goes in one message per endpoint. */
  end({ outputs, timers }: BundleOutcome): void {
    const { ports, endpoints } = this.#stage;
    const named = { instructionId: this.#bundle };
    const ends = new Map<string | undefined, Draft>();
    const draftOf = (endpoint: string | undefined): Draft => {
      let draft = ends.get(endpoint);
      if (draft === undefined) ends.set(endpoint, (draft = { data: [], timers: [] }));
      return draft;
    };
    for (const sink of ports.sinks) {
      const frames = outputs.filter((o) => o.transform === sink).flatMap((o) => o.frames);
      const last = frames.at(-1);
      void this.send(sink, frames.slice(0, -1));
      const { data } = draftOf(endpoints.data.get(sink));
      if (last !== undefined) data.push({ ...named, transformId: sink, data: last.bytes });
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
    for (const [endpoint, draft] of ends) {
      const { data, timers } = draft;
      const rest = timers.length === 0 ? undefined : encodeElements({ timers });
      void this.#link.toRunner('data', encodeElementsParts(data, rest), endpoint);
    }
  }
}
