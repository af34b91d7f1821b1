/** A part of a path between slashes: a plain name, a pattern for one name, or `**` for any depth. */
export type GlobPart =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'match'; readonly matches: (name: string) => boolean }
  | { readonly kind: 'any-depth' };

const MAX_ALTERNATIVES = 1_000;
const SPECIAL = /[*?[{]/;

/** True if `text` names more than one file: it holds `*`, `?`, `[…]` or `{a,b}`. */
export function isGlob(text: string): boolean {
  return SPECIAL.test(text);
}

/** Each way to choose from the braces of a pattern: `a{b,c}` gives `ab` and `ac`. */
export function expandBraces(pattern: string): readonly string[] {
  const open = pattern.indexOf('{');
  const close = open < 0 ? -1 : closingBrace(pattern, open);
  if (close < 0) return [pattern];
  const choices = splitChoices(pattern.slice(open + 1, close));
  if (choices.length < 2) {
    const head = pattern.slice(0, close + 1);
    return expandBraces(pattern.slice(close + 1)).map((rest) => head + rest);
  }
  const rests = expandBraces(pattern.slice(close + 1));
  const all = choices
    .flatMap(expandBraces)
    .flatMap((choice) => rests.map((rest) => pattern.slice(0, open) + choice + rest));
  if (all.length > MAX_ALTERNATIVES) {
    throw new RangeError(`the braces stand for more than ${String(MAX_ALTERNATIVES)} patterns`);
  }
  return all;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function splitChoices(text: string): string[] {
  const choices: string[] = [];
  let choice = '';
  let depth = 0;
  for (const char of text) {
    if (char === ',' && depth === 0) {
      choices.push(choice);
      choice = '';
      continue;
    }
    if (char === '{') depth++;
    if (char === '}') depth--;
    choice += char;
  }
  return [...choices, choice];
}

/** Reads a pattern without braces. A name that starts with a dot matches only a literal dot. */
export function parseGlob(pattern: string): readonly GlobPart[] {
  return pattern.split('/').map((part): GlobPart => {
    if (part === '**') return { kind: 'any-depth' };
    if (!SPECIAL.test(part)) return { kind: 'name', name: part };
    const matcher = compile(part);
    return {
      kind: 'match',
      matches: (name) => (!name.startsWith('.') || part.startsWith('.')) && matcher(name),
    };
  });
}

type Unit = { readonly many: true } | { readonly many: false; accepts(char: string): boolean };

/** Runs in time of pattern × name: the last `*` alone is retried, so no pattern can blow up. */
function compile(part: string): (name: string) => boolean {
  const units = unitsOf(part);
  return (name) => {
    const chars = Array.from(name);
    let [u, c, star, retry] = [0, 0, -1, 0];
    while (c < chars.length) {
      const unit = units[u];
      if (unit?.many === true) [star, retry, u] = [u, c, u + 1];
      else if (unit?.accepts(chars[c] ?? '') === true) [u, c] = [u + 1, c + 1];
      else if (star >= 0) [u, c, retry] = [star + 1, retry + 1, retry + 1];
      else return false;
    }
    while (units[u]?.many === true) u++;
    return u === units.length;
  };
}

function unitsOf(part: string): readonly Unit[] {
  const units: Unit[] = [];
  const chars = Array.from(part);
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    const close = char === '[' ? chars.indexOf(']', i + 2) : -1;
    if (char === '*') units.push({ many: true });
    else if (char === '?') units.push({ many: false, accepts: () => true });
    else if (close > 0) {
      units.push({ many: false, accepts: setOf(chars.slice(i + 1, close)) });
      i = close;
    } else units.push({ many: false, accepts: (c) => c === char });
  }
  return units;
}

/** The inside of `[a-z_]`, or of `[!a-z]` for everything else. */
function setOf(chars: readonly string[]): (char: string) => boolean {
  const negated = chars[0] === '!' || chars[0] === '^';
  const ranges: (readonly [string, string])[] = [];
  for (let i = negated ? 1 : 0; i < chars.length; i++) {
    const low = chars[i] ?? '';
    const high = chars[i + 1] === '-' ? chars[i + 2] : undefined;
    ranges.push([low, high ?? low]);
    if (high !== undefined) i += 2;
  }
  return (char) => ranges.some(([low, high]) => low <= char && char <= high) !== negated;
}
