import { StrahlError } from '../errors.js';
import type { CoderSpec } from '../model/graph.js';
import type { Window } from '../model/windows.js';
import { CODER_URN } from '../urns.js';
import type { ElementCoder } from './coder.js';
import { CountedCoder } from './counted.js';
import { IterableCoder } from './iterables.js';
import { KvCoder } from './kv.js';
import { LengthPrefixCoder } from './length-prefix.js';
import { NullableCoder } from './nullable.js';
import { plainCoder, plainKeyCoder } from './plain/plain.js';
import { COUNTED_CODER_URN, PLAIN_CODER_URN, PLAIN_KEY_CODER_URN } from './plain/plain-urns.js';
import { boolCoder, bytesCoder, doubleCoder, stringCoder, varintCoder } from './primitives.js';
import { rowCoderOfPayload, rowCoderOfSchemaCoder } from './rows/rows.js';
import { ShardedKeyCoder } from './sharded-key.js';
import { TimerCoder } from './timers.js';
import { ParamWindowedValueCoder, WindowedValueCoder } from './windowed-values.js';
import { customWindowCoder, globalWindowCoder, intervalWindowCoder } from './windows.js';

type AnyCoder = ElementCoder<unknown>;

interface CoderFactory {
  readonly components: number;
  make(components: readonly AnyCoder[], spec: CoderSpec): AnyCoder;
}

function leaf(coder: AnyCoder): CoderFactory {
  return { components: 0, make: () => coder };
}

function unary(make: (component: AnyCoder) => AnyCoder): CoderFactory {
  return { components: 1, make: (c) => make(c[0]!) };
}

function binary(
  make: (first: AnyCoder, second: AnyCoder, payload: Uint8Array) => AnyCoder,
): CoderFactory {
  return { components: 2, make: (c, { spec }) => make(c[0]!, c[1]!, spec.payload) };
}

const asWindow = (coder: AnyCoder): ElementCoder<Window> => coder as ElementCoder<Window>;

const FACTORIES: ReadonlyMap<string, CoderFactory> = new Map([
  [CODER_URN.BYTES, leaf(bytesCoder)],
  [CODER_URN.STRING_UTF8, leaf(stringCoder)],
  [CODER_URN.BOOL, leaf(boolCoder)],
  [CODER_URN.VARINT, leaf(varintCoder)],
  [CODER_URN.DOUBLE, leaf(doubleCoder)],
  [CODER_URN.GLOBAL_WINDOW, leaf(globalWindowCoder)],
  [CODER_URN.INTERVAL_WINDOW, leaf(intervalWindowCoder)],
  [PLAIN_CODER_URN, leaf(plainCoder)],
  [PLAIN_KEY_CODER_URN, leaf(plainKeyCoder)],
  [CODER_URN.ROW, { components: 0, make: (_, { spec }) => rowCoderOfPayload(spec.payload) }],
  [CODER_URN.SCHEMA, { components: 0, make: (_, { spec }) => rowCoderOfSchemaCoder(spec.payload) }],
  [CODER_URN.ITERABLE, unary((c) => new IterableCoder(c))],
  [
    CODER_URN.STATE_BACKED_ITERABLE,
    unary((c) => new IterableCoder(c, CODER_URN.STATE_BACKED_ITERABLE)),
  ],
  [CODER_URN.LENGTH_PREFIX, unary((c) => new LengthPrefixCoder(c))],
  [COUNTED_CODER_URN, unary((c) => new CountedCoder(c))],
  [CODER_URN.NULLABLE, unary((c) => new NullableCoder(c))],
  [CODER_URN.SHARDED_KEY, unary((c) => new ShardedKeyCoder(c))],
  [CODER_URN.CUSTOM_WINDOW, unary((c) => customWindowCoder(c))],
  [CODER_URN.KV, binary((key, value) => new KvCoder(key, value))],
  [CODER_URN.TIMER, binary((key, window) => new TimerCoder(key, asWindow(window)))],
  [
    CODER_URN.WINDOWED_VALUE,
    binary((value, window) => new WindowedValueCoder(value, asWindow(window))),
  ],
  [
    CODER_URN.PARAM_WINDOWED_VALUE,
    binary(
      (value, window, payload) => new ParamWindowedValueCoder(value, asWindow(window), payload),
    ),
  ],
]);

/** The coder of a standard URN; `undefined` for another one. */
export function standardCoder(
  spec: CoderSpec,
  components: readonly AnyCoder[],
): AnyCoder | undefined {
  const { urn } = spec.spec;
  const factory = FACTORIES.get(urn);
  if (factory === undefined) return undefined;
  if (components.length !== factory.components) {
    throw new StrahlError('brokenGraph', {
      title: `coder ${urn} has ${String(components.length)} components instead of ${String(factory.components)}`,
    });
  }
  return factory.make(components, spec);
}
