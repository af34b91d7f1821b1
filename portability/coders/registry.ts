import { isStrahlError, StrahlError } from '../errors.js';
import type { CoderSpec } from '../model/graph.js';
import type { CoderId } from '../model/ids.js';
import { CODER_URN } from '../urns.js';
import type { ElementCoder } from './coder.js';
import { bytesCoder } from './primitives.js';
import { standardCoder } from './standard-coders.js';

/**
 * Makes coders that are not standard, such as a user's; `undefined` for one that it does not know either.
 *
 * @example
 * ```ts
 * import type { CoderExtension, ElementCoder } from 'strahl/portability';
 * declare const moneyCoder: ElementCoder<unknown>;
 * const money: CoderExtension = ({ spec }) =>
 *   spec.urn === 'example:coder:money:v1' ? moneyCoder : undefined;
 * ```
 */
export type CoderExtension = (
  spec: CoderSpec,
  components: readonly ElementCoder<unknown>[],
) => ElementCoder<unknown> | undefined;

/**
 * The running coders of a graph, made on first use and kept.
 *
 *   K1. What stands behind a length prefix may be unknown, or have unknown parts: it is carried as its bytes.
 *   K2. Everything else that is unknown is refused, because nobody could tell where its values end.
 *
 * @example
 * ```ts
 * import { ByteReader, coderId, CoderRegistry, functionSpec } from 'strahl/portability';
 * const id = coderId('c1');
 * const spec = { spec: functionSpec('beam:coder:varint:v1'), componentIds: [] };
 * const coder = new CoderRegistry(new Map([[id, spec]])).coderOf(id);
 * const n = coder.decode(new ByteReader(Uint8Array.of(42)));
 * ```
 */
export class CoderRegistry {
  readonly #specs: ReadonlyMap<CoderId, CoderSpec>;
  readonly #extension: CoderExtension;
  readonly #coders = new Map<CoderId, ElementCoder<unknown>>();
  /** Coders that are being made, to find a cycle. */
  readonly #open = new Set<CoderId>();

  constructor(
    coders: ReadonlyMap<CoderId, CoderSpec>,
    extension: CoderExtension = () => undefined,
  ) {
    this.#specs = coders;
    this.#extension = extension;
  }

  /**
   * @throws STRAHL-2002 for a URN that nobody knows
   * @throws STRAHL-1003 for an id that does not exist, a cycle, or a wrong number of components
   */
  coderOf(id: CoderId): ElementCoder<unknown> {
    const known = this.#coders.get(id);
    if (known !== undefined) return known;
    const coder = this.#make(id, (part) => this.coderOf(part));
    if (coder === undefined) throw this.#unknown(id);
    return coder;
  }

  /**
   * The coder, or `undefined` if it, or something that it consists of, is unknown: a row may have fields of types
   * that only its SDK has.
   */
  #coderIfKnown(id: CoderId): ElementCoder<unknown> | undefined {
    try {
      return this.#coders.get(id) ?? this.#make(id, (part) => this.#coderIfKnown(part));
    } catch (e) {
      if (isStrahlError(e) && e.key === 'cannotDecode') return undefined;
      throw e;
    }
  }

  /** The coder, or `undefined` if its own URN or, as `partOf` says, a part of it is unknown. */
  #make(
    id: CoderId,
    partOf: (id: CoderId) => ElementCoder<unknown> | undefined,
  ): ElementCoder<unknown> | undefined {
    const spec = this.#specs.get(id);
    if (spec === undefined) {
      throw new StrahlError('brokenGraph', { title: `coder ${JSON.stringify(id)} does not exist` });
    }
    if (this.#open.has(id)) {
      const ids = [...this.#open].map((each) => JSON.stringify(each));
      throw new StrahlError('brokenGraph', {
        title: `coders contain each other: ${ids.join(', ')}`,
      });
    }
    this.#open.add(id);
    try {
      const components = this.#componentsOf(spec, partOf);
      if (components === undefined) return undefined;
      const coder = standardCoder(spec, components) ?? this.#extension(spec, components);
      if (coder !== undefined) this.#coders.set(id, coder);
      return coder;
    } finally {
      this.#open.delete(id);
    }
  }

  #componentsOf(
    { spec, componentIds }: CoderSpec,
    partOf: (id: CoderId) => ElementCoder<unknown> | undefined,
  ): readonly ElementCoder<unknown>[] | undefined {
    if (spec.urn === CODER_URN.LENGTH_PREFIX) {
      // K1.
      return componentIds.map((id) => this.#coderIfKnown(id) ?? bytesCoder);
    }
    const parts: ElementCoder<unknown>[] = [];
    for (const id of componentIds) {
      const part = partOf(id);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return parts;
  }

  #unknown(id: CoderId): StrahlError {
    const urn = this.#specs.get(id)?.spec.urn ?? '';
    return new StrahlError('unsupportedUrn', {
      title: `coder ${urn} is not known`,
      why: 'only its owner can tell where one of its values ends',
      fix: 'put it behind a length prefix (beam:coder:length_prefix:v1)',
    });
  }
}
