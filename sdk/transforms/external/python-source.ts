const SOURCE: unique symbol = Symbol.for('strahl.python-source');

/**
 * A function or class of Python, as an argument of a Python transform.
 *
 * @example
 * ```ts
 * import { external, pythonSource, s, type PythonSource } from 'strahl';
 * const mapped = (f: PythonSource) =>
 *   external({ python: 'apache_beam.Map', args: [f], expansion: 'localhost:8097', output: s.string });
 * const shout = mapped(pythonSource('lambda word: word.upper()'));
 * ```
 */
export interface PythonSource {
  readonly [SOURCE]: string;
}

/**
 * Source text of Python, evaluated where the Python transform is expanded: an expression, or definitions of which
 * the last one counts.
 *
 * @example
 * ```ts
 * import { pythonSource } from 'strahl';
 * const keepsLong = pythonSource('lambda word: len(word) > 3');
 * ```
 */
export function pythonSource(text: string): PythonSource {
  return Object.freeze({ [SOURCE]: text });
}

/** The text in what `pythonSource` made; `undefined` for anything else. */
export function sourceOfPython(x: object): string | undefined {
  return (x as Partial<PythonSource>)[SOURCE];
}
