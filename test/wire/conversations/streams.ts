import type { Elements } from '#portability/proto/generated/fn-api.js';

/** What came of one source, sink or family of timers in one bundle. */
interface Arrived {
  bytes: Buffer;
  isEnded: boolean;
}

/** Elements and timers by bundle: how they are cut into messages is free, and so is which stream is first. */
export class Streams {
  readonly #bundles = new Map<string, Map<string, Arrived>>();

  add({ data, timers }: Pick<Elements, 'data' | 'timers'>): void {
    for (const { instructionId, transformId, data: bytes, isLast } of data) {
      this.#append(instructionId, transformId, bytes, isLast);
    }
    for (const { instructionId, transformId, timerFamilyId, timers: bytes, isLast } of timers) {
      this.#append(instructionId, familyStream(transformId, timerFamilyId), bytes, isLast);
    }
  }

  #append(bundle: string, stream: string, bytes: Uint8Array, isLast: boolean): void {
    const streams = this.#bundles.get(bundle) ?? new Map<string, Arrived>();
    this.#bundles.set(bundle, streams);
    const arrived = streams.get(stream) ?? { bytes: Buffer.alloc(0), isEnded: false };
    streams.set(stream, arrived);
    arrived.bytes = Buffer.concat([arrived.bytes, bytes]);
    arrived.isEnded ||= isLast;
  }

  isEnded(bundle: string, stream: string): boolean {
    return this.#bundles.get(bundle)?.get(stream)?.isEnded === true;
  }

  /** `STREAM: BYTES` for each stream, the same for the same elements. */
  of(bundle: string): readonly string[] {
    const streams = [...(this.#bundles.get(bundle) ?? [])];
    return streams.map(([stream, { bytes }]) => `${stream}: ${bytes.toString('hex')}`).sort();
  }
}

/** Names the timers of one family beside sources and sinks. */
export function familyStream(transform: string, family: string): string {
  return `timers ${family} of ${transform}`;
}
