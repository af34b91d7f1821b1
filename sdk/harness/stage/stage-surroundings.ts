import type { ElementCoder } from '#portability/coders/coder.js';
import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import type { CoderRegistry } from '#portability/coders/registry.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { PCollection, Transform } from '#portability/model/graph.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { FunctionSpec } from '#portability/model/function-spec.js';
import { readMappingAt } from '#portability/model/window-mapping.js';
import type { Window } from '#portability/model/windows.js';
import { SIDE_INPUT_URN } from '#portability/urns.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import type { Logger } from '../../dofn/dofn.js';
import { MODULE_REF_URN, pathOf } from '../../dofn/function-ref.js';
import type { FunctionRegistry, SideShape } from '../../dofn/user-function.js';
import type { RestrictionInput } from '../restrictions/restriction-run.js';
import type { SideInput } from '../side-inputs/side-inputs.js';
import { sideWindowMapping } from '../side-inputs/side-window.js';

/** How elements of one collection travel. */
export interface Port {
  readonly pcollection: PCollectionId;
  readonly coder: ElementCoder<unknown>;
  readonly windowCoder: ElementCoder<Window>;
  /** Of a collection of pairs; their elements are written key first, so that the key can be found. */
  readonly keyCoder: ElementCoder<unknown> | undefined;
  readonly valueCoder: ElementCoder<unknown> | undefined;
  /** Of a collection of `KV<key, Iterable<value>>`. */
  readonly values:
    | { readonly coder: ElementCoder<unknown>; readonly elementCoder: ElementCoder<unknown> }
    | undefined;
}

const KV_URN = 'beam:coder:kv:v1';
const ITERABLE_URNS: ReadonlySet<string> = new Set([
  'beam:coder:iterable:v1',
  'beam:coder:state_backed_iterable:v1',
]);

/** Transforms whose outputs have the keys of their inputs. */
const KEEP_KEYS: ReadonlySet<string> = new Set([
  'window-into',
  'combine-precombine',
  'combine-convert-to-accumulators',
]);

/** What is the same for all stages of a process. */
export interface SurroundingOptions {
  /** Default false. */
  readonly checks?: boolean;
  /** Encoded bytes that the side inputs of a step may hold while a bundle runs. Default: any number. */
  readonly sideBytes?: number;
}

/** What the transforms of a stage ask about the stage that they are in. */
export class StageSurroundings {
  readonly functions: FunctionRegistry;
  readonly coders: CoderRegistry;
  readonly log: Logger;
  /** Whether elements are frozen before functions see them, and sent through their coders. */
  readonly checks: boolean;
  readonly #descriptor: StageDescriptor;
  readonly #sideBytes: number;

  constructor(
    descriptor: StageDescriptor,
    functions: FunctionRegistry,
    coders: CoderRegistry,
    log: Logger,
    { checks = false, sideBytes = Infinity }: SurroundingOptions = {},
  ) {
    this.#descriptor = descriptor;
    this.functions = functions;
    this.coders = coders;
    this.log = log;
    this.checks = checks;
    this.#sideBytes = sideBytes;
  }

  /** The collection that a source gives or a sink takes, in the coder in which it travels. */
  port(transform: Transform, coderId: CoderId): Port {
    const [pcollection] = [...transform.inputs.values(), ...transform.outputs.values()];
    const { components } = this.#descriptor;
    const spec = components.coders.get(coderId)!;
    const [key, value] = spec.spec.urn === KV_URN ? spec.componentIds : [];
    const valueCoder = value === undefined ? undefined : this.coders.coderOf(value);
    const valueSpec = value === undefined ? undefined : components.coders.get(value);
    const isGroup = valueSpec !== undefined && ITERABLE_URNS.has(valueSpec.spec.urn);
    return {
      pcollection: pcollection!,
      coder: this.coders.coderOf(coderId),
      windowCoder: this.#windowCoder(pcollection!),
      keyCoder: key === undefined ? undefined : this.coders.coderOf(key),
      valueCoder,
      values: isGroup
        ? { coder: valueCoder!, elementCoder: this.coders.coderOf(valueSpec.componentIds[0]!) }
        : undefined,
    };
  }

  /** The transform that fills the sink's collection: it is at fault when an element has no bytes. */
  producerOf(reader: Transform): Transform {
    const [input] = reader.inputs.values();
    const { transforms } = this.#descriptor;
    return transforms.find((t) => [...t.outputs.values()].includes(input!)) ?? reader;
  }

  /** The transform of this stage that gave the elements of `reader`'s input their keys. */
  keyProducerOf(reader: Transform): Transform {
    const producer = this.producerOf(reader);
    if (!this.#keepsKeys(producer)) return producer;
    const maker = this.keyProducerOf(producer);
    return readTransformSpec(maker).kind === 'runner-source' ? producer : maker;
  }

  #keepsKeys(transform: Transform): boolean {
    const spec = readTransformSpec(transform);
    if (spec.kind !== 'par-do') return KEEP_KEYS.has(spec.kind);
    const { urn } = spec.doFn;
    return urn === MODULE_REF_URN && this.functions.get(pathOf(spec.doFn))?.kind === 'map-values';
  }

  elementCoder(pcollection: PCollectionId): ElementCoder<unknown> {
    return this.coders.coderOf(this.#pcollection(pcollection).coderId);
  }

  outputCoder(transform: Transform): ElementCoder<unknown> {
    const [output] = transform.outputs.values();
    return this.coders.coderOf(this.#pcollection(output!).coderId);
  }

  /** Whether the values of its pairs say how many elements they stand for. */
  outputIsCounted(transform: Transform): boolean {
    const [output] = transform.outputs.values();
    const { coders } = this.#descriptor.components;
    const value = coders.get(this.#pcollection(output!).coderId)?.componentIds[1];
    return value !== undefined && coders.get(value)?.spec.urn === COUNTED_CODER_URN;
  }

  inputWindowing(transform: Transform): WindowingStrategy {
    return this.#windowing(this.#mainInput(transform)[1]);
  }

  inputKeyCoder(transform: Transform): ElementCoder<unknown> {
    const { coderId } = this.#pcollection(this.#mainInput(transform)[1]);
    return this.coders.coderOf(this.#descriptor.components.coders.get(coderId)!.componentIds[0]!);
  }

  /** Residuals go back in the coder in which restrictions come in. */
  restrictionInput(transform: Transform): RestrictionInput {
    const [name, pcollection] = this.#mainInput(transform);
    return {
      name,
      coder: this.coders.coderOf(this.#wireCoderId(pcollection)),
      windowCoder: this.#windowCoder(pcollection),
    };
  }

  sideInputs(
    transform: Transform,
    spec: ParDoSpec,
    shapes: Readonly<Record<string, SideShape>>,
  ): readonly SideInput[] {
    return [...spec.sideInputs].map(([name, { accessPattern }]) => {
      const side = transform.inputs.get(name)!;
      const { coderId } = this.#pcollection(side);
      const shape = shapes[name] ?? { kind: 'iterable' };
      const parts = this.#descriptor.components.coders.get(coderId)!.componentIds;
      const [key, value] = parts.map((id) => this.coders.coderOf(id));
      return {
        name,
        transform: transform.id,
        shape,
        coder: this.coders.coderOf(coderId),
        pair:
          accessPattern.urn === SIDE_INPUT_URN.MULTIMAP ? { key: key!, value: value! } : undefined,
        windowCoder: this.#windowCoder(side),
        maxBytes: this.#sideBytes,
        map: sideWindowMapping(this.#windowing(side).windowFn, this.functions, shape.at),
      };
    });
  }

  /** From main to side windows, for a transform whose output is in those of the side input. */
  windowMapping(transform: Transform, spec: FunctionSpec): (main: Window) => Window {
    const [output] = transform.outputs.values();
    const { windowFn } = this.#windowing(output!);
    const at = readMappingAt(spec);
    const reader = at === undefined ? undefined : this.functions.get(at.path);
    const sides = reader !== undefined && 'sides' in reader ? reader.sides : {};
    return sideWindowMapping(
      windowFn,
      this.functions,
      at === undefined ? undefined : sides[at.side]?.at,
    );
  }

  /** Local name and collection of the input whose elements are processed. */
  #mainInput(transform: Transform): readonly [string, PCollectionId] {
    const sides = sideNames(transform);
    for (const [name, id] of transform.inputs) if (!sides.has(name)) return [name, id];
    throw new RangeError(`${transform.id} has no input`);
  }

  #wireCoderId(pcollection: PCollectionId): CoderId {
    for (const transform of this.#descriptor.transforms) {
      if (![...transform.outputs.values()].includes(pcollection)) continue;
      const spec = readTransformSpec(transform);
      if (spec.kind === 'runner-source') return spec.coderId;
    }
    return this.#pcollection(pcollection).coderId;
  }

  #windowCoder(pcollection: PCollectionId): ElementCoder<Window> {
    const { windowCoderId } = this.#windowing(pcollection);
    return this.coders.coderOf(windowCoderId) as ElementCoder<Window>;
  }

  #windowing(pcollection: PCollectionId): WindowingStrategy {
    const { windowingStrategyId } = this.#pcollection(pcollection);
    return this.#descriptor.components.windowingStrategies.get(windowingStrategyId)!;
  }

  #pcollection(id: PCollectionId): PCollection {
    return this.#descriptor.components.pcollections.get(id)!;
  }
}

/** The inputs that are read as side inputs, by name. */
export function sideNames(transform: Transform): ReadonlyMap<string, unknown> {
  const spec = readTransformSpec(transform);
  if (spec.kind === 'par-do') return spec.sideInputs;
  return 'parDo' in spec ? spec.parDo.sideInputs : NO_SIDES;
}

const NO_SIDES: ReadonlyMap<string, never> = new Map<string, never>();
