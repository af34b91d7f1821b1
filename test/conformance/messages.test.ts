/*
 * What a bug here looks like: a field that is lost on its way through us. Each message of Beam's descriptor set is made
 * from the descriptor alone, with every field and with every case of its oneofs, and must come out with the same bytes.
 */
import { expect, it } from '@jest/globals';
import type { FieldFacts, MessageFacts } from '../../scripts/protos/facts.js';
import { readProtos } from '../../scripts/protos/read-protos.js';

const files = readProtos();
const messages = new Map(files.flatMap((f) => f.messages.map((m) => [m.name, m] as const)));
const enums = new Set(files.flatMap((f) => f.enums.map((e) => e.name)));
/** How deep messages within messages are filled. */
const DEPTH = 2;

const VARINTS = new Set(['int32', 'int64', 'uint32', 'uint64', 'bool']);

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const delimited = (bytes: readonly number[]): number[] => [...varint(bytes.length), ...bytes];
const isVarint = (type: string): boolean => VARINTS.has(type) || enums.has(type);
const wireType = (type: string): number =>
  isVarint(type) ? 0 : type === 'double' ? 1 : type === 'float' ? 5 : 2;

function value(type: string, seed: number, depth: number): number[] {
  if (isVarint(type)) return [1];
  if (type === 'double') return [...new Uint8Array(Float64Array.of(seed + 0.5).buffer)];
  if (type === 'float') return [...new Uint8Array(Float32Array.of(seed + 0.5).buffer)];
  if (type === 'string' || type === 'bytes') return delimited([0x61 + (seed % 26), 0x62]);
  const message = messages.get(type);
  if (message === undefined) throw new Error(`no type ${type}`);
  return delimited(depth === 0 ? [] : sample(message, 0, depth - 1));
}

function field({ number, type, label, keyType }: FieldFacts, depth: number): number[] {
  const tagged = (type: string, number: number, bytes: number[]): number[] => [
    ...varint(number * 8 + wireType(type)),
    ...bytes,
  ];
  if (label === 'map') {
    const key = tagged(keyType!, 1, value(keyType!, number, depth));
    const entry = [...key, ...tagged(type, 2, value(type, number, depth))];
    return [...varint(number * 8 + 2), ...delimited(entry)];
  }
  const one = value(type, number, depth);
  // Numbers travel packed.
  if (label === 'repeated' && wireType(type) !== 2) {
    return [...varint(number * 8 + 2), ...delimited([...one, ...one])];
  }
  const whole = tagged(type, number, one);
  return label === 'repeated' ? [...whole, ...whole] : whole;
}

/** All fields; of each oneof its `choice`-th case, or its last one. */
function sample({ fields, oneofs }: MessageFacts, choice: number, depth: number): number[] {
  const chosen = new Set(
    oneofs.map((oneof) => {
      const cases = fields.filter((f) => f.oneof === oneof);
      return cases[Math.min(choice, cases.length - 1)];
    }),
  );
  return fields
    .filter((f) => f.oneof === undefined || f.label === 'optional' || chosen.has(f))
    .sort((a, b) => a.number - b.number)
    .flatMap((f) => field(f, depth));
}

/** The order of fields is free, and a oneof is written in one place: bytes of all fields, sorted. */
function inOrder(bytes: Uint8Array): string {
  return Buffer.from(Uint8Array.from(bytes).sort()).toString('hex');
}

type Codec = Readonly<Record<string, (message: never) => unknown>>;

it.each(files.filter((file) => file.messages.length > 0))(
  'every message of $path goes in and comes out as the same bytes',
  async ({ path, package: prefix, messages }) => {
    const module = path.replace(/\.proto$/, '');
    const codec = (await import(`#portability/proto/generated/${module}.js`)) as Codec;
    for (const message of messages.filter(({ fields }) => fields.length > 0)) {
      const name = message.name.slice(prefix.length + 1).replaceAll('.', '_');
      const [encode, decode] = [codec[`encode${name}`], codec[`decode${name}`]];
      if (encode === undefined || decode === undefined) throw new Error(`${name} has no codec`);
      for (let choice = 0; choice < message.fields.length; choice++) {
        const bytes = Uint8Array.from(sample(message, choice, DEPTH));
        const back = encode(decode(bytes as never) as never) as Uint8Array;
        expect(`${name} ${inOrder(back)}`).toBe(`${name} ${inOrder(bytes)}`);
        expect(decode(back as never)).toEqual(decode(bytes as never));
        if (message.oneofs.length === 0) break;
      }
    }
  },
);
