/**
 * `JSON.parse` for what comes from outside the program: a key `__proto__`, which nobody means, is refused.
 *
 * @throws SyntaxError
 */
export function plainJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__') throw new SyntaxError('the key __proto__ is not allowed');
    return value;
  });
}
