import type { Graph, Transform } from '../model/graph.js';
import type { CoderId, PCollectionId, TransformId } from '../model/ids.js';
import type { ParDoSpec, StateSpec, TransformSpec } from '../model/transform-spec.js';
import { readTransformSpec } from './transform-spec.js';

/** Which ids the parts of a graph mention, and whether they exist. */
export class GraphReferences {
  readonly #graph: Graph;
  readonly #sides = new Map<TransformId, ParDoSpec['sideInputs']>();
  #problems: string[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** How a person finds the transform. */
  readonly nameOf = (id: TransformId): string => {
    const name = this.#graph.components.transforms.get(id)?.uniqueName;
    return name === undefined || name === '' ? `"${id}"` : `"${name}"`;
  };

  /** The name of the side input by which a leaf reads a collection that it reads in no other way. */
  sideInputOf(id: TransformId, pcollection: PCollectionId): string | undefined {
    const sides = this.#sides.get(id);
    if (sides === undefined || sides.size === 0) return undefined;
    const { inputs } = this.#graph.components.transforms.get(id)!;
    const names = [...inputs].filter(([, input]) => input === pcollection).map(([name]) => name);
    return names.every((name) => sides.has(name)) ? names[0] : undefined;
  }

  /** One sentence per id that is mentioned and does not exist. */
  dangling(): readonly string[] {
    this.#problems = [];
    const { components, rootTransformIds } = this.#graph;
    for (const root of rootTransformIds) this.#expect('transforms', root, 'the list of roots');
    for (const transform of components.transforms.values()) this.#ofTransform(transform);
    for (const { id, coderId, windowingStrategyId } of components.pcollections.values()) {
      this.#expect('coders', coderId, 'PCollection', id);
      this.#expect('windowingStrategies', windowingStrategyId, 'PCollection', id);
    }
    for (const [id, { windowCoderId, environmentId }] of components.windowingStrategies) {
      this.#expect('coders', windowCoderId, 'windowing strategy', id);
      if (environmentId !== undefined)
        this.#expect('environments', environmentId, 'windowing strategy', id);
    }
    for (const [id, { componentIds }] of components.coders) {
      for (const part of componentIds) this.#expect('coders', part, 'coder', id);
    }
    return this.#problems;
  }

  #ofTransform(transform: Transform): void {
    const { id, environmentId } = transform;
    for (const child of transform.subtransforms) this.#expect('transforms', child, 'transform', id);
    transform.inputs.forEach((input) => {
      this.#expect('pcollections', input, 'transform', id);
    });
    transform.outputs.forEach((output) => {
      this.#expect('pcollections', output, 'transform', id);
    });
    if (environmentId !== undefined) this.#expect('environments', environmentId, 'transform', id);
    // A composite is run as its parts, so its own payload need not be understood.
    if (transform.subtransforms.length > 0) return;
    const spec = readTransformSpec(transform);
    for (const coder of codersOf(spec)) this.#expect('coders', coder, 'transform', id);
    const parDo = parDoOf(spec);
    if (parDo === undefined || parDo.sideInputs.size === 0) return;
    this.#sides.set(transform.id, parDo.sideInputs);
    for (const name of parDo.sideInputs.keys()) {
      if (transform.inputs.has(name)) continue;
      const where = `transform ${this.nameOf(id)}`;
      this.#problems.push(`${where} has no input "${name}", which its payload calls a side input`);
    }
  }

  /** `owner` of the kind `what` mentions `id`; without an owner, `what` says all. */
  #expect(kind: keyof typeof KINDS, id: string, what: string, owner?: string): void {
    const ids: ReadonlyMap<string, unknown> = this.#graph.components[kind];
    if (ids.has(id)) return;
    const name = what === 'transform' ? this.nameOf(owner as TransformId) : `"${owner ?? ''}"`;
    const where = owner === undefined ? what : `${what} ${name}`;
    this.#problems.push(`${where} names ${KINDS[kind]} "${id}", which does not exist`);
  }
}

const KINDS = {
  transforms: 'transform',
  pcollections: 'PCollection',
  windowingStrategies: 'windowing strategy',
  coders: 'coder',
  environments: 'environment',
} as const;

function parDoOf(spec: TransformSpec): ParDoSpec | undefined {
  if (spec.kind === 'par-do') return spec;
  return 'parDo' in spec ? spec.parDo : undefined;
}

/** The coders that the payload of a transform names. */
function codersOf(spec: TransformSpec): readonly CoderId[] {
  if ('accumulatorCoderId' in spec) return [spec.accumulatorCoderId];
  if ('coderId' in spec) return [spec.coderId];
  const parDo = parDoOf(spec);
  if (parDo === undefined) return NONE;
  const { restrictionCoderId, stateSpecs, timerFamilies } = parDo;
  const isPlain = stateSpecs.size === 0 && timerFamilies.size === 0;
  if (isPlain) return restrictionCoderId === undefined ? NONE : [restrictionCoderId];
  return [
    ...(restrictionCoderId === undefined ? NONE : [restrictionCoderId]),
    ...[...stateSpecs.values()].flatMap(codersOfState),
    ...[...timerFamilies.values()].map((family) => family.coderId),
  ];
}

const NONE: readonly CoderId[] = [];

function codersOfState(spec: StateSpec): CoderId[] {
  return 'coderId' in spec ? [spec.coderId] : [spec.keyCoderId, spec.valueCoderId];
}
