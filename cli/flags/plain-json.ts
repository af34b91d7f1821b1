import { inexactInteger } from '#sdk/schema/json.js';

/**
 * `JSON.parse` for what comes from outside the program: a key `__proto__`, which nobody means, is refused, and so is
 * an integer that would be rounded.
 *
 * @throws SyntaxError
 */
export function plainJson(text: string): unknown {
  const value: unknown = JSON.parse(text, (key, part: unknown) => {
    if (key === '__proto__') throw new SyntaxError('the key __proto__ is not allowed');
    return part;
  });
  const inexact = inexactInteger(text);
  if (inexact !== undefined) throw new SyntaxError(inexact);
  return value;
}
