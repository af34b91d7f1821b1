// What a bug here looks like: a name that hides which of two coders it is, or that never ends.
import { expect, it } from '@jest/globals';
import type { CoderSpec } from '../model/graph.js';
import { coderId, type CoderId } from '../model/ids.js';
import { coderName } from './coder-name.js';

type Texts = Readonly<Record<string, readonly [urn: string, ...parts: readonly string[]]>>;

function codersOf(texts: Texts): ReadonlyMap<CoderId, CoderSpec> {
  return new Map(
    Object.entries(texts).map(([id, [urn, ...parts]]) => [
      coderId(id),
      { spec: { urn, payload: new Uint8Array() }, componentIds: parts.map(coderId) },
    ]),
  );
}

const coders = codersOf({
  key: ['strahl:coder:plain_key:v1'],
  data: ['strahl:coder:plain:v1'],
  own: ['strahl:coder:module_ref:v1'],
  text: ['beam:coder:string_utf8:v1'],
  window: ['beam:coder:interval_window:v1'],
  python: ['beam:coder:pickled_python:v1'],
  prefixed: ['beam:coder:length_prefix:v1', 'python'],
  many: ['beam:coder:iterable:v1', 'data'],
  pair: ['beam:coder:kv:v1', 'key', 'many'],
  circle: ['beam:coder:nullable:v1', 'circle'],
  open: ['beam:coder:kv:v1', 'key', 'nowhere'],
});

it.each([
  ['text', 'string'],
  ['own', 'own coder'],
  ['window', 'interval window'],
  ['pair', 'kv<plain key, iterable<plain data>>'],
  ['python', 'beam:coder:pickled_python:v1'],
  ['prefixed', 'beam:coder:pickled_python:v1'],
  ['open', 'kv<plain key, …>'],
])('the coder %s is called %s', (id, name) => {
  expect(coderName(coders, coderId(id))).toBe(name);
});

it('a coder within itself has a name that ends', () => {
  expect(coderName(coders, coderId('circle'))).toMatch(/^(nullable<)+…>+$/);
});
