import { parseAllDocuments } from 'yaml';

/** Plain JSON; an integer that a double cannot hold is `{ "$int": "…" }`. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

type YamlMap = ReadonlyMap<string, unknown>;

/**
 * Vectors of coders. A byte string is written in YAML as one character per byte (Latin-1), in JSON as
 * hexadecimal digits: the keys of `examples`, `payload`, and the values of `state`. Everything else
 * keeps its shape.
 */
export function coderVectors(text: string): Json {
  return documents(text).map((document) => ({
    coder: coder(document.get('coder') as YamlMap),
    ...(document.has('nested') ? { nested: document.get('nested') as boolean } : {}),
    examples: [...(document.get('examples') as YamlMap)].map(([encoded, value]) => ({
      encoded: hex(encoded),
      value: json(value),
    })),
  }));
}

/** A stream of documents as a list. */
export function plainDocuments(text: string): Json {
  return documents(text).map(json);
}

function documents(text: string): YamlMap[] {
  // A transcript of integers must not turn 2^53 + 1 into a neighbour.
  const parsed = parseAllDocuments(text, { intAsBigInt: true });
  if (!Array.isArray(parsed)) throw new Error('The file holds no document');
  return parsed.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS({ mapAsMap: true }) as YamlMap;
  });
}

function coder(map: YamlMap): Json {
  const out: Record<string, Json> = {};
  for (const [name, value] of map) {
    if (name === 'payload') out[name] = hex(value as string);
    else if (name === 'components') out[name] = (value as YamlMap[]).map(coder);
    else if (name === 'state') {
      const cells = [...(value as ReadonlyMap<string, string>)];
      out[name] = Object.fromEntries(cells.map(([token, bytes]) => [token, hex(bytes)]));
    } else out[name] = json(value);
  }
  return out;
}

function hex(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('hex');
}

function json(value: unknown): Json {
  if (typeof value === 'bigint') {
    const n = Number(value);
    return Number.isSafeInteger(n) ? n : { $int: value.toString() };
  }
  if (Array.isArray(value)) return value.map(json);
  if (value instanceof Map) {
    const entries = [...(value as YamlMap)];
    return Object.fromEntries(entries.map(([name, part]) => [name, json(part)]));
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error(`JSON has no form for a ${typeof value}`);
}
