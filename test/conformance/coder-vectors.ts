import { readFileSync } from 'node:fs';
import type { ElementCoder } from '#portability/coders/coder.js';
import { CoderRegistry } from '#portability/coders/registry.js';
import type { CoderSpec } from '#portability/model/graph.js';
import { coderId, type CoderId } from '#portability/model/ids.js';

/** A coder as the vectors name it; `payload` and the values of `state` are hexadecimal. */
export interface VectorCoder {
  readonly urn: string;
  readonly payload?: string;
  readonly components?: readonly VectorCoder[];
  /** What a state-backed iterable finds by its token. */
  readonly state?: Readonly<Record<string, string>>;
  readonly non_deterministic?: boolean;
  readonly requires?: string;
}

export interface Document {
  readonly coder: VectorCoder;
  /** Absent: the bytes are the same in both contexts. */
  readonly nested?: boolean;
  readonly examples: readonly { readonly encoded: string; readonly value: unknown }[];
}

export interface Vector {
  readonly name: string;
  readonly document: Document;
  readonly nested: boolean;
  readonly encoded: string;
  readonly value: unknown;
}

const FILES = ['standard_coders', 'standard_coders_supplement', 'element_metadata'];

/** Each example of each file, once for every context that it is valid in. */
export function readVectors(): readonly Vector[] {
  return FILES.flatMap(vectorsOf);
}

function vectorsOf(file: string): readonly Vector[] {
  const url = new URL(`data/${file}.json`, import.meta.url);
  const documents = JSON.parse(readFileSync(url, 'utf8')) as readonly Document[];
  return documents.flatMap((document, d) =>
    [true, false]
      .filter((nested) => document.nested === undefined || document.nested === nested)
      .flatMap((nested) =>
        document.examples.map(({ encoded, value }, e) => ({
          name: `${file} ${String(d)}.${String(e)} ${document.coder.urn} ${nested ? 'nested' : 'outer'}`,
          document,
          nested,
          encoded,
          value,
        })),
      ),
  );
}

/** The running coder of a vector. */
export function coderOf(vector: VectorCoder): ElementCoder<unknown> {
  const coders = new Map<CoderId, CoderSpec>();
  const add = ({ urn, payload = '', components = [] }: VectorCoder): CoderId => {
    const componentIds = components.map(add);
    const id = coderId(String(coders.size));
    coders.set(id, { spec: { urn, payload: Buffer.from(payload, 'hex') }, componentIds });
    return id;
  };
  return new CoderRegistry(coders).coderOf(add(vector));
}
