import type { ElementCoder } from '../../coders/coder.js';
import { USER_CODER_URN } from '../../coders/plain/plain-urns.js';
import { bytesCoder } from '../../coders/primitives.js';
import { CoderRegistry } from '../../coders/registry.js';
import { StrahlError } from '../../errors.js';
import type { CoderId, PCollectionId, TransformId } from '../../model/ids.js';
import type { Window } from '../../model/windows.js';
import { readTransformSpec } from '../../proto/transform-spec.js';
import { CODER_URN } from '../../urns.js';
import type { StageDescriptor } from '../connection.js';
import { PortReader, type PortFrames } from './port-reader.js';
import type { FamilyPort } from './timers-proto.js';

type StageTransform = StageDescriptor['transforms'][number];

/** Where elements go into a stage and come out of it, and how they are encoded there. */
export class StagePorts {
  readonly #sources: TransformId[] = [];
  readonly #sinks: TransformId[] = [];
  readonly #families: FamilyPort[] = [];
  readonly sources: readonly TransformId[] = this.#sources;
  readonly sinks: readonly TransformId[] = this.#sinks;
  readonly families: readonly FamilyPort[] = this.#families;
  readonly #descriptor: StageDescriptor;
  readonly #coders: CoderRegistry;
  readonly #ports = new Map<TransformId, PortFrames>();
  readonly #byCollection = new Map<PCollectionId, PortFrames>();
  #groupValue: ElementCoder<unknown> | undefined;

  constructor(descriptor: StageDescriptor) {
    this.#descriptor = descriptor;
    // The other side's coders are walked over, never called.
    this.#coders = new CoderRegistry(descriptor.components.coders, ({ spec }) =>
      spec.urn === USER_CODER_URN ? bytesCoder : undefined,
    );
    for (const transform of descriptor.transforms) this.#add(transform);
  }

  #add(transform: StageTransform): void {
    const spec = readTransformSpec(transform);
    if (spec.kind === 'runner-source') this.#addSource(transform, spec.coderId);
    else if (spec.kind === 'runner-sink') this.#addSink(transform, spec.coderId);
    else if (spec.kind === 'par-do') {
      for (const [family, { coderId }] of spec.timerFamilies) {
        const coder = this.#coders.coderOf(coderId);
        this.#families.push({ transform: transform.id, family, coder });
      }
    }
  }

  #addSource({ id, outputs }: StageTransform, coderId: CoderId): void {
    const [collection] = outputs.values();
    const port = new PortReader(this.#windowCoderOf(collection!), this.#coders.coderOf(coderId));
    this.#sources.push(id);
    this.#ports.set(id, port);
    this.#byCollection.set(collection!, port);
    const { coders } = this.#descriptor.components;
    const [, values] = coders.get(coderId)?.componentIds ?? [];
    const iterable = values === undefined ? undefined : coders.get(values);
    if (iterable?.spec.urn !== CODER_URN.ITERABLE) return;
    this.#groupValue = this.#coders.coderOf(iterable.componentIds[0]!);
  }

  /** What comes out of a stage may be grouped by its keys; what goes in was. */
  #addSink({ id, inputs }: StageTransform, coderId: CoderId): void {
    const [collection] = inputs.values();
    const own = this.#descriptor.components.coders.get(coderId);
    const pair =
      own?.spec.urn === CODER_URN.KV
        ? own.componentIds.map((part) => this.#coders.coderOf(part))
        : [];
    const windowCoder = this.#windowCoderOf(collection!);
    this.#sinks.push(id);
    this.#ports.set(id, new PortReader(windowCoder, this.#coders.coderOf(coderId), pair));
  }

  #windowCoderOf(collection: PCollectionId): ElementCoder<Window> {
    const { pcollections, windowingStrategies } = this.#descriptor.components;
    const { windowingStrategyId } = pcollections.get(collection)!;
    const { windowCoderId } = windowingStrategies.get(windowingStrategyId)!;
    return this.#coders.coderOf(windowCoderId) as ElementCoder<Window>;
  }

  /** Finds where a value of a group ends, if the input is groups: `KV<K, Iterable<V>>`. */
  get groupValue(): ElementCoder<unknown> | undefined {
    return this.#groupValue;
  }

  /** @throws STRAHL-8001 for a transform that is neither source nor sink of the stage */
  of(transform: TransformId): PortFrames {
    return this.#ports.get(transform) ?? this.#unknown(transform);
  }

  /** The step that processes the restrictions of a source, and its input, if those are what the source gives. */
  splittableOf(
    source: TransformId,
  ): { readonly transform: TransformId; readonly input: string } | undefined {
    const { transforms } = this.#descriptor;
    const collections = transforms.find(({ id }) => id === source)?.outputs.values() ?? [];
    const [collection] = collections;
    for (const step of transforms) {
      if (readTransformSpec(step).kind !== 'sdf-process-sized') continue;
      for (const [input, id] of step.inputs) {
        if (id === collection) return { transform: step.id, input };
      }
    }
    return undefined;
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
