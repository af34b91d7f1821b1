/** What somebody gave in place of something else, as errors name it: `null`, or `a value of type number`. */
export function describeGiven(x: unknown): string {
  return x === null ? 'null' : `a value of type ${typeof x}`;
}
