import { StrahlError } from '#portability/errors.js';
import type { KV } from '../../dofn/dofn.js';
import type { SideShape } from '../../dofn/user-function.js';
import { IterableGroup } from '../groups/group.js';
import { preview } from '../steps/preview.js';
import { ValueMap } from './value-map.js';

/**
 * A side input's elements in the shape in which the function reads them (SID-4).
 *
 * @throws STRAHL-4001 for a singleton that is none, and for a map with a key twice
 */
export function sideValue(shape: SideShape, elements: readonly unknown[]): unknown {
  switch (shape.kind) {
    case 'singleton':
      return singleton(shape.last === true ? elements.slice(-1) : elements, shape.default);
    case 'iterable':
      return new IterableGroup(elements);
    case 'list':
      return Object.freeze(elements);
    case 'map':
      return mapOf(pairs(elements, 'asMap'));
    case 'multimap':
      return multimapOf(pairs(elements, 'asMultimap'));
  }
}

function singleton(
  elements: readonly unknown[],
  otherwise: { readonly value: unknown } | undefined,
): unknown {
  if (elements.length === 1) return elements[0];
  if (elements.length === 0 && otherwise !== undefined) return otherwise.value;
  throw new StrahlError('userCodeThrew', {
    title: `a singleton side input must have one element, but has ${String(elements.length)} in this window`,
    fix: elements.length === 0 ? 'give a default: .asSingleton(value)' : 'read it with .asList()',
  });
}

/** Elements in coders of their own may be anything. @throws STRAHL-1102 */
function pairs(elements: readonly unknown[], name: string): readonly KV<unknown, unknown>[] {
  const other = elements.find((element) => !(Array.isArray(element) && element.length === 2));
  if (other === undefined) return elements as readonly KV<unknown, unknown>[];
  throw new StrahlError('notKeyed', {
    title: `${name} needs [key, value] pairs, but an element is ${preview(other)}`,
    fix: '.map((x) => [x.key, x.value] as const) first, or .keyBy((x) => …)',
  });
}

function mapOf(elements: readonly KV<unknown, unknown>[]): unknown {
  const map = new ValueMap<unknown>();
  for (const [key, value] of elements) {
    if (map.has(key)) keyTwice();
    map.set(key, value);
  }
  return map;
}

/** @throws STRAHL-4001 */
export function keyTwice(): never {
  throw new StrahlError('userCodeThrew', {
    title: 'a map side input has a key twice in this window',
    fix: 'read it with .asMultimap(), or combine the values of each key first',
  });
}

function multimapOf(elements: readonly KV<unknown, unknown>[]): unknown {
  const map = new ValueMap<unknown[]>();
  for (const [key, value] of elements) {
    const values = map.get(key);
    if (values === undefined) map.set(key, [value]);
    else values.push(value);
  }
  return map;
}
