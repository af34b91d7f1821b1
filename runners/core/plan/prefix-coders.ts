import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { functionSpec } from '#portability/model/function-spec.js';
import type { CoderSpec, Graph, PCollection, Transform } from '#portability/model/graph.js';
import {
  coderId,
  pcollectionId,
  transformId,
  type CoderId,
  type PCollectionId,
  type TransformId,
} from '#portability/model/ids.js';
import type {
  ParDoSpec,
  TestStreamEvent,
  TestStreamSpec,
  TransformSpec,
} from '#portability/model/transform-spec.js';
import { readTransformSpec, writeTransformSpec } from '#portability/proto/transform-spec.js';
import { CODER_URN } from '#portability/urns.js';
import { ByteWriter } from '#portability/wire/writer.js';

/** Coders that every SDK writes alike and the engine can walk over; others stand behind their length. */
const COMMON: ReadonlySet<string> = new Set([
  CODER_URN.BYTES,
  CODER_URN.STRING_UTF8,
  CODER_URN.BOOL,
  CODER_URN.VARINT,
  CODER_URN.DOUBLE,
  CODER_URN.GLOBAL_WINDOW,
  CODER_URN.INTERVAL_WINDOW,
  CODER_URN.LENGTH_PREFIX,
]);

/** Coders whose values stand behind their length in either context. */
const WRITES_LENGTH: ReadonlySet<string> = new Set([
  CODER_URN.LENGTH_PREFIX,
  'beam:go:coder:custom:v1',
]);

/** Coders of parts, which may be foreign. */
const COMPOSED: ReadonlySet<string> = new Set([
  CODER_URN.KV,
  CODER_URN.ITERABLE,
  CODER_URN.TIMER,
  CODER_URN.CUSTOM_WINDOW,
  COUNTED_CODER_URN,
]);

/**
 * The graph with a length before each value whose coder only SDKs know (W1), as Beam prescribes for what
 * travels between a runner and a harness. Harnesses are given the graph with these coders, so that keys in
 * state requests and timers have the bytes that keys of elements have.
 */
export function prefixCoders(graph: Graph): Graph {
  const rewriting = new Rewriting(graph);
  return rewriting.graph();
}

/** A collection whose elements must be written anew before others read them. */
interface Recoding {
  readonly behind: Transform;
  readonly scripted: PCollection;
  readonly output: PCollectionId;
}

/** A flatten of one input does it: all that it puts out has one coder. */
function insertBehind(
  { behind, scripted, output }: Recoding,
  transforms: Map<TransformId, Transform>,
  roots: TransformId[],
): void {
  const id = transformId(`${behind.id}-recode-${output}`);
  const recode: Transform = {
    id,
    uniqueName: `${behind.uniqueName}/Recode ${output}`,
    spec: writeTransformSpec({ kind: 'flatten' }),
    subtransforms: [],
    inputs: new Map([['in', scripted.id]]),
    outputs: new Map([['out', output]]),
    displayData: [],
    annotations: behind.annotations,
  };
  transforms.set(id, Object.freeze(recode));
  const at = roots.indexOf(behind.id);
  if (at >= 0) roots.splice(at + 1, 0, id);
  for (const parent of transforms.values()) {
    const child = parent.subtransforms.indexOf(behind.id);
    if (child < 0) continue;
    const subtransforms = parent.subtransforms.toSpliced(child + 1, 0, id);
    transforms.set(parent.id, Object.freeze({ ...parent, subtransforms }));
  }
}

class Rewriting {
  readonly #graph: Graph;
  readonly #coders: Map<CoderId, CoderSpec>;
  readonly #prefixed = new Map<CoderId, CoderId>();
  readonly #added = new Map<string, CoderId>();
  /** Steps that are put behind others. */
  readonly #recoding: Recoding[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#coders = new Map(graph.components.coders);
  }

  graph(): Graph {
    const { components } = this.#graph;
    const transforms = new Map(
      [...components.transforms].map(([id, transform]) => [id, this.#transform(transform)]),
    );
    const pcollections = new Map(
      [...components.pcollections].map(([id, pcollection]): [PCollectionId, PCollection] => {
        return [id, Object.freeze({ ...pcollection, coderId: this.#coder(pcollection.coderId) })];
      }),
    );
    const rootTransformIds = [...this.#graph.rootTransformIds];
    for (const recoding of this.#recoding) {
      insertBehind(recoding, transforms, rootTransformIds);
      pcollections.set(recoding.scripted.id, recoding.scripted);
    }
    const windowingStrategies = new Map(
      [...components.windowingStrategies].map(([id, strategy]) => {
        const windowCoderId = this.#window(strategy.windowCoderId);
        if (windowCoderId === strategy.windowCoderId) return [id, strategy];
        return [id, Object.freeze({ ...strategy, windowCoderId })];
      }),
    );
    const coders = this.#coders;
    return Object.freeze({
      ...this.#graph,
      rootTransformIds,
      components: { ...components, transforms, pcollections, windowingStrategies, coders },
    });
  }

  #transform(transform: Transform): Transform {
    const spec = readTransformSpec(transform);
    if (spec.kind === 'test-stream') return this.#testStream(spec, transform);
    const rewritten = this.#spec(spec);
    if (rewritten === spec) return transform;
    return Object.freeze({ ...transform, spec: writeTransformSpec(rewritten) });
  }

  #spec(spec: TransformSpec): TransformSpec {
    switch (spec.kind) {
      case 'par-do':
        return this.#parDo(spec);
      case 'combine-per-key':
      case 'combine-globally': {
        const accumulatorCoderId = this.#coder(spec.accumulatorCoderId);
        return accumulatorCoderId === spec.accumulatorCoderId
          ? spec
          : { ...spec, accumulatorCoderId };
      }
      default:
        return spec;
    }
  }

  /**
   * Elements of a script are written by its own coder, which may differ from that of the collection they are in, and
   * in a context that is the SDK's own matter: Go's stand nested, Python's in the outer one. Behind a length each
   * finds them as it wrote them.
   */
  #testStream(spec: TestStreamSpec, transform: Transform): Transform {
    const coder = this.#whole(spec.coderId);
    const { pcollections } = this.#graph.components;
    const outputs = new Map(transform.outputs);
    for (const [name, id] of transform.outputs) {
      const declared = pcollections.get(id)!;
      if (this.#coder(declared.coderId) === coder) continue;
      const scripted = pcollectionId(`${id}-scripted`);
      outputs.set(name, scripted);
      this.#recoding.push({
        behind: transform,
        output: id,
        scripted: Object.freeze({
          ...{ ...declared, id: scripted, coderId: coder },
          uniqueName: `${declared.uniqueName}/Scripted`,
        }),
      });
    }
    const { urn } = this.#coders.get(spec.coderId)!.spec;
    const events = spec.events.map((event) => behindLengths(event, urn));
    const written = { ...spec, events, coderId: coder };
    return Object.freeze({ ...transform, outputs, spec: writeTransformSpec(written) });
  }

  #parDo(spec: ParDoSpec): ParDoSpec {
    const { restrictionCoderId } = spec;
    const timers = [...spec.timerFamilies].map(
      ([name, { domain, coderId: id }]) => [name, { domain, coderId: this.#coder(id) }] as const,
    );
    const isSame =
      timers.every(([name, { coderId: id }]) => spec.timerFamilies.get(name)!.coderId === id) &&
      (restrictionCoderId === undefined || this.#coder(restrictionCoderId) === restrictionCoderId);
    if (isSame) return spec;
    return {
      ...spec,
      timerFamilies: new Map(timers),
      ...(restrictionCoderId === undefined
        ? {}
        : { restrictionCoderId: this.#coder(restrictionCoderId) }),
    };
  }

  #coder(id: CoderId): CoderId {
    const known = this.#prefixed.get(id);
    if (known !== undefined) return known;
    const coder = this.#coders.get(id);
    // A cycle is told by whoever walks over coders.
    this.#prefixed.set(id, id);
    const prefixed = coder === undefined ? id : this.#make(id, coder);
    this.#prefixed.set(id, prefixed);
    return prefixed;
  }

  /** Of windows that only an SDK knows the engine must at least know when they end. */
  #window(id: CoderId): CoderId {
    const prefixed = this.#coder(id);
    if (this.#coders.get(prefixed)?.spec.urn !== CODER_URN.LENGTH_PREFIX) return prefixed;
    return this.#add(CODER_URN.CUSTOM_WINDOW, [prefixed]);
  }

  /** A coder whose values stand behind their length as a whole. */
  #whole(id: CoderId): CoderId {
    const prefixed = this.#coder(id);
    const isPrefixed = this.#coders.get(prefixed)?.spec.urn === CODER_URN.LENGTH_PREFIX;
    return isPrefixed ? prefixed : this.#add(CODER_URN.LENGTH_PREFIX, [id]);
  }

  #make(id: CoderId, { spec, componentIds }: CoderSpec): CoderId {
    if (COMMON.has(spec.urn)) return id;
    if (!COMPOSED.has(spec.urn)) return this.#add(CODER_URN.LENGTH_PREFIX, [id]);
    const isTimer = spec.urn === CODER_URN.TIMER;
    const parts = componentIds.map((part, i) =>
      isTimer && i === 1 ? this.#window(part) : this.#coder(part),
    );
    if (parts.every((part, i) => part === componentIds[i])) return id;
    return this.#add(spec.urn, parts, spec.payload);
  }

  #add(urn: string, componentIds: readonly CoderId[], payload?: Uint8Array): CoderId {
    const name = `${urn.split(':').at(-2)!}-${componentIds.join('-')}`;
    const known = this.#added.get(name);
    if (known !== undefined) return known;
    let id = coderId(name);
    for (let n = 2; this.#coders.has(id); n++) id = coderId(`${name}-${String(n)}`);
    this.#added.set(name, id);
    this.#coders.set(id, Object.freeze({ spec: functionSpec(urn, payload), componentIds }));
    return id;
  }
}

/** An event of a script whose elements each stand behind their length; `urn`: of the coder that wrote them. */
export function behindLengths(event: TestStreamEvent, urn: string): TestStreamEvent {
  if (event.kind !== 'elements' || WRITES_LENGTH.has(urn)) return event;
  const elements = event.elements.map(({ bytes, timestamp }) => {
    const out = new ByteWriter(bytes.length + 4);
    out.lengthPrefixed(bytes);
    return { bytes: out.toBytes(), timestamp };
  });
  return { ...event, elements };
}
