/** Numbers written as text, for options and files. What is not a number stays as it is, so that a schema can say so. */

/** Never rounded, so that an error tells what was given. */
export function integerOfText(text: string): number | bigint | string {
  if (!/^-?\d+$/.test(text)) return text;
  const n = Number(text);
  return Number.isSafeInteger(n) ? n : BigInt(text);
}

export function numberOfText(text: string): number | string {
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

export function bigintOfText(text: string): bigint | string {
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}
