import type { Step } from '../steps/step.js';

/** Asked of any object, by whoever prints it or awaits it. */
const ASKED_OF_ALL: ReadonlySet<PropertyKey> = new Set(['then', 'toJSON', 'asymmetricMatch']);

/**
 * What functions find in `c.state` and `c.timers`. What is declared is found as in any object; only the search
 * for another name comes to the prototype, which refuses it by name.
 */
export function declaredHandles(
  step: Step,
  what: 'state' | 'timers',
  entries: readonly (readonly [name: string, handle: unknown])[],
): Readonly<Record<string, unknown>> {
  const names = entries.map(([name]) => name);
  const refusing = new Proxy(Object.prototype, {
    get(target, name): unknown {
      if (typeof name === 'symbol' || name in target || ASKED_OF_ALL.has(name)) {
        return Reflect.get(target, name);
      }
      const example = what === 'state' ? 'value(s.int, 0)' : 'eventTimer()';
      throw step.error('undeclaredState', {
        title: `the function uses ${what}.${name}, which the step does not declare`,
        why: names.length === 0 ? `it declares no ${what}` : `it declares ${names.join(', ')}`,
        fix: `declare it, for example ${what}: { ${name}: ${example} }`,
      });
    },
  });
  const handles = Object.create(refusing) as Record<string, unknown>;
  for (const [name, handle] of entries) handles[name] = handle;
  return Object.freeze(handles);
}
