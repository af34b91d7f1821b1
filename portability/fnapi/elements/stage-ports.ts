import type { ElementCoder } from '../../coders/coder.js';
import { USER_CODER_URN } from '../../coders/plain/plain-urns.js';
import { bytesCoder } from '../../coders/primitives.js';
import { CoderRegistry } from '../../coders/registry.js';
import { StrahlError } from '../../errors.js';
import type { PCollectionId, TransformId } from '../../model/ids.js';
import type { Window } from '../../model/windows.js';
import { readTransformSpec } from '../../proto/transform-spec.js';
import { CODER_URN } from '../../urns.js';
import type { StageDescriptor } from '../connection.js';
import { PortReader, type PortFrames } from './port-reader.js';
import type { FamilyPort } from './timers-proto.js';

/** Where elements go into a stage and come out of it, and how they are encoded there. */
export class StagePorts {
  readonly sources: readonly TransformId[];
  readonly sinks: readonly TransformId[];
  readonly families: readonly FamilyPort[];
  /** Finds where a value of a group ends, if the input is groups: `KV<K, Iterable<V>>`. */
  readonly groupValue: ElementCoder<unknown> | undefined;
  readonly #descriptor: StageDescriptor;
  readonly #ports = new Map<TransformId, PortFrames>();
  readonly #byCollection = new Map<PCollectionId, PortFrames>();

  constructor(descriptor: StageDescriptor) {
    this.#descriptor = descriptor;
    const { components, transforms } = descriptor;
    // The other side's coders are walked over, never called.
    const coders = new CoderRegistry(components.coders, ({ spec }) =>
      spec.urn === USER_CODER_URN ? bytesCoder : undefined,
    );
    const sources: TransformId[] = [];
    const sinks: TransformId[] = [];
    const families: FamilyPort[] = [];
    let groupValue: ElementCoder<unknown> | undefined;
    for (const { id, inputs, outputs, ...transform } of transforms) {
      const spec = readTransformSpec({ id, inputs, outputs, ...transform });
      if (spec.kind === 'par-do') {
        for (const [family, { coderId }] of spec.timerFamilies) {
          families.push({ transform: id, family, coder: coders.coderOf(coderId) });
        }
      }
      if (spec.kind !== 'runner-source' && spec.kind !== 'runner-sink') continue;
      (spec.kind === 'runner-source' ? sources : sinks).push(id);
      const [collection] = [...inputs.values(), ...outputs.values()];
      const { windowingStrategyId } = components.pcollections.get(collection!)!;
      const { windowCoderId } = components.windowingStrategies.get(windowingStrategyId)!;
      const windowCoder = coders.coderOf(windowCoderId) as ElementCoder<Window>;
      const own = components.coders.get(spec.coderId);
      // What comes out of a stage may be grouped by its keys; what goes in was.
      const isKeyed = spec.kind === 'runner-sink' && own?.spec.urn === CODER_URN.KV;
      const pair = isKeyed ? own.componentIds.map((part) => coders.coderOf(part)) : [];
      const port = new PortReader(windowCoder, coders.coderOf(spec.coderId), pair);
      this.#ports.set(id, port);
      if (spec.kind === 'runner-sink') continue;
      this.#byCollection.set(collection!, port);
      const [, values] = components.coders.get(spec.coderId)?.componentIds ?? [];
      const iterable = values === undefined ? undefined : components.coders.get(values);
      if (iterable?.spec.urn !== CODER_URN.ITERABLE) continue;
      groupValue = coders.coderOf(iterable.componentIds[0]!);
    }
    this.sources = sources;
    this.sinks = sinks;
    this.families = families;
    this.groupValue = groupValue;
  }

  /** @throws STRAHL-8001 for a transform that is neither source nor sink of the stage */
  of(transform: TransformId): PortFrames {
    return this.#ports.get(transform) ?? this.#unknown(transform);
  }

  /** The source that feeds an input of a transform. */
  inputOf(transform: TransformId, input: string): PortFrames {
    const found = this.#descriptor.transforms.find(({ id }) => id === transform);
    const collection = found?.inputs.get(input);
    const port = collection === undefined ? undefined : this.#byCollection.get(collection);
    return port ?? this.#unknown(transform);
  }

  #unknown(transform: TransformId): never {
    throw new StrahlError('protocolBroken', {
      title: `${transform} is no port of the stage ${this.#descriptor.id}`,
    });
  }
}
