import { functionSpec } from '#portability/model/function-spec.js';
import type { CoderSpec } from '#portability/model/graph.js';
import { coderId, type CoderId } from '#portability/model/ids.js';
import { CODER_URN } from '#portability/urns.js';
import type { CoderChoice } from '../graph/coder-choice.js';
import type { ComposedCoder, UserCoder } from '../dofn/user-function.js';
import {
  CODER_REF_URN,
  functionRef,
  PLAIN_CODER_URN,
  PLAIN_KEY_CODER_URN,
} from '../dofn/function-ref.js';
import type { SchemaType } from '../schema/schema-type.js';
import { coGroupedCoder } from './co-grouped-coder.js';
import { listCoder, recordCoder, tupleCoder } from './structured-coders.js';
import { taggedCoder } from './tagged-coder.js';
import type { FunctionTable } from './function-table.js';
import { payloadOfRow } from './row-schema.js';

/** The coders of a graph, each described once. */
export class CoderComponents {
  readonly coders: Map<CoderId, CoderSpec> = new Map();
  readonly #functions: FunctionTable;
  readonly #prefix: string;
  readonly #ids = new Map<string, CoderId>();
  readonly #userCoders = new Map<UserCoder | ComposedCoder, string>();
  /** By their kind and the names in them. */
  readonly #namedCoders = new Map<string, ComposedCoder>();

  constructor(functions: FunctionTable, prefix = '') {
    this.#functions = functions;
    this.#prefix = prefix;
  }

  idOf(choice: CoderChoice): CoderId {
    switch (choice.kind) {
      case 'plain':
        return this.#add(PLAIN_CODER_URN);
      case 'plain-key':
        return this.#add(PLAIN_KEY_CODER_URN);
      case 'bytes':
        return this.#add(CODER_URN.BYTES);
      case 'kv':
        return this.#add(CODER_URN.KV, [this.idOf(choice.key), this.idOf(choice.value)]);
      case 'iterable':
        return this.#add(CODER_URN.ITERABLE, [this.idOf(choice.element)]);
      case 'co-grouped':
        return this.#user(this.#named(coGroupedCoder, choice), choice.values);
      case 'record':
        return this.#user(this.#named(recordCoder, choice), choice.values);
      case 'tagged':
        return this.#user(taggedCoder, choice.values);
      case 'tuple':
        return this.#user(tupleCoder, choice.values);
      case 'list':
        return this.#user(listCoder, [choice.element]);
      case 'user':
        return this.#user(choice.coder);
      case 'typed':
        return this.#typed(choice.type);
      case 'foreign':
        return choice.coderId;
    }
  }

  /** The coder of a custom window function's windows. */
  customWindow(window: CoderChoice): CoderId {
    return this.#add(CODER_URN.CUSTOM_WINDOW, [this.idOf(window)]);
  }

  standard(urn: string): CoderId {
    return this.#add(urn);
  }

  composed(urn: string, componentIds: readonly CoderId[]): CoderId {
    return this.#add(urn, componentIds);
  }

  #typed(type: SchemaType): CoderId {
    const scalar = PRIMITIVES[type.kind];
    if (scalar !== undefined) {
      const id = this.#add(scalar);
      return type.nullable ? this.#add(CODER_URN.NULLABLE, [id]) : id;
    }
    const payload = payloadOfRow(type);
    if (payload === undefined) return this.#add(PLAIN_CODER_URN);
    const id = this.#add(CODER_URN.ROW, [], payload);
    return type.nullable ? this.#add(CODER_URN.NULLABLE, [id]) : id;
  }

  #named(
    make: (names: readonly string[]) => ComposedCoder,
    { kind, names }: { readonly kind: string; readonly names: readonly string[] },
  ): ComposedCoder {
    const key = JSON.stringify([kind, names]);
    let coder = this.#namedCoders.get(key);
    if (coder === undefined) this.#namedCoders.set(key, (coder = make(names)));
    return coder;
  }

  #user(coder: UserCoder | ComposedCoder, components: readonly CoderChoice[] = []): CoderId {
    let path = this.#userCoders.get(coder);
    if (path === undefined) {
      path = `coder/${String(this.#userCoders.size + 1)}`;
      this.#userCoders.set(coder, path);
      this.#functions.add(path, { kind: 'coder', coder });
    }
    const componentIds = components.map((choice) => this.idOf(choice));
    return this.#add(CODER_REF_URN, componentIds, functionRef(path, CODER_REF_URN).payload);
  }

  #add(urn: string, componentIds: readonly CoderId[] = [], payload?: Uint8Array): CoderId {
    const text = payload === undefined ? '' : Buffer.from(payload).toString('base64');
    const key = `${urn} ${componentIds.join(' ')} ${text}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = coderId(`${this.#prefix}c${String(this.#ids.size + 1)}`);
      this.#ids.set(key, id);
      this.coders.set(id, Object.freeze({ spec: functionSpec(urn, payload), componentIds }));
    }
    return id;
  }
}

/** Types with a coder of their own, outside of rows. */
const PRIMITIVES: Readonly<Record<string, string>> = {
  string: CODER_URN.STRING_UTF8,
  boolean: CODER_URN.BOOL,
  int64: CODER_URN.VARINT,
  int32: CODER_URN.VARINT,
  double: CODER_URN.DOUBLE,
  bytes: CODER_URN.BYTES,
  duration: CODER_URN.VARINT,
};
