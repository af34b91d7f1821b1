// What a bug here looks like: elements of a script that their SDK reads with a length too many, or without one.
import { expect, it } from '@jest/globals';
import { transformId, type CoderId } from '#portability/model/ids.js';
import type { EventTime } from '#portability/model/time.js';
import type { TestStreamSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { GraphSketch } from './graph-sketch.fixture.js';
import { prefixCoders } from './prefix-coders.js';

const ELEMENT = Uint8Array.of(1, 97);

/** A script of one element, as the engine is given it: its coder and the element's bytes. */
function prefixed(g: GraphSketch, coder: CoderId) {
  const elements = [{ bytes: ELEMENT, timestamp: 0 as EventTime }];
  const events = [{ kind: 'elements', tag: '', elements }] as const;
  g.step('Script', { kind: 'test-stream', coderId: coder, events }, {}, { coder });
  const { components } = prefixCoders(g.graph());
  const spec = readTransformSpec(components.transforms.get(transformId('t0'))!) as TestStreamSpec;
  const [event] = spec.events;
  return {
    coder: components.coders.get(spec.coderId)!,
    bytes: event?.kind === 'elements' ? event.elements[0]!.bytes : undefined,
  };
}

it.each(['string_utf8', 'varint', 'only_theirs'])(
  'an element of a script stands behind its length, whatever the SDK wrote with its %s coder',
  (name) => {
    const g = new GraphSketch();
    const coder = g.coder(name);
    const { coder: whole, bytes } = prefixed(g, coder);
    expect(whole.spec.urn).toBe('beam:coder:length_prefix:v1');
    expect(whole.componentIds).toEqual([coder]);
    expect(bytes).toEqual(Uint8Array.of(2, 1, 97));
  },
);

it('an element of a script whose coder writes lengths has no second one', () => {
  const g = new GraphSketch();
  const coder = g.coder('length_prefix', g.coder('only_theirs'));
  expect(prefixed(g, coder).bytes).toEqual(ELEMENT);
});
