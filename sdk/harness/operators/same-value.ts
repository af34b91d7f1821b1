import types from 'node:util/types';

/**
 * Whether plain data is the same after its bytes have been read again: the same at every place, where an
 * integer may have become a bigint or back, and a field that is `undefined` may have gone. `undefined` if
 * that cannot be told, because a value has a class that shows no fields.
 */
export function sameValue(a: unknown, b: unknown): boolean | undefined {
  if (Object.is(a, b)) return true;
  // Numbers of one schema type come back as whichever holds them exactly.
  if (typeof a === 'bigint' || typeof b === 'bigint') return a == b;
  // Methods that an object keeps in fields are never the same ones.
  if (typeof a === 'function' && typeof b === 'function') return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (types.isUint8Array(a)) return types.isUint8Array(b) && Buffer.compare(a, b) === 0;
  if (types.isDate(a)) return types.isDate(b) && Object.is(a.getTime(), b.getTime());
  if (types.isMap(a)) return types.isMap(b) && sameItems([...a].flat(), [...b].flat());
  if (types.isSet(a)) return types.isSet(b) && sameItems([...a], [...b]);
  if (isPlain(a) && isPlain(b)) return sameFields(a, b);
  return isOpen(a) && Object.getPrototypeOf(a) === Object.getPrototypeOf(b)
    ? sameFields(a, b)
    : undefined;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean | undefined {
  if (a.length !== b.length) return false;
  return all(a, (item, i) => sameValue(item, b[i]));
}

function sameFields(a: object, b: object): boolean | undefined {
  const before = a as Readonly<Record<string, unknown>>;
  const after = b as Readonly<Record<string, unknown>>;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return all([...names], (name) => sameValue(before[name], after[name]));
}

/** A difference counts more than what cannot be told. */
function all<T>(
  items: readonly T[],
  same: (item: T, i: number) => boolean | undefined,
): boolean | undefined {
  let answer: boolean | undefined = true;
  for (let i = 0; i < items.length; i++) {
    const one = same(items[i]!, i);
    if (one === false) return false;
    answer = one === undefined ? undefined : answer;
  }
  return answer;
}

/** Whether an instance shows what it holds. */
function isOpen(x: object): boolean {
  return Object.keys(x).length > 0;
}

function isPlain(x: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
