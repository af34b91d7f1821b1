import type { StrahlError } from '#portability/errors.js';
import type { Bound, Win } from '../collections/boundedness.js';
import type { KV } from '../dofn/dofn.js';
import type { PCollection } from '../collections/pcollection.js';
import { refusalOf } from '../graph/placed.js';
import { libraryTransform } from './composites.js';

type Texts<B extends Bound, W extends Win> = PCollection<string, B, W>;

/**
 * A composite from texts to `R`.
 *
 * @example
 * ```ts
 * import { regex, type PCollection, type TextTransform } from 'strahl';
 * const words: TextTransform<string> = regex.split(/\s+/);
 * const inLines = (lines: PCollection<string>) => lines.pipe(words);
 * ```
 */
export type TextTransform<R> = <B extends Bound, W extends Win>(
  input: Texts<B, W>,
) => PCollection<R, B, W>;

/**
 * Composites over texts, for `pipe`. Texts without a match give nothing, except in `replace` and `split`.
 *
 * @example
 * ```ts
 * import { regex, type PCollection, type Regex } from 'strahl';
 * const years = (texts: PCollection<string>, { findAll }: Regex = regex) => texts.pipe(findAll(/\d{4}/));
 * ```
 */
export interface Regex {
  /** The first match, or one of its groups by number or name. */
  find(re: RegExp, group?: number | string): TextTransform<string>;
  /** All matches of a text, one by one, or one of their groups. */
  findAll(re: RegExp, group?: number | string): TextTransform<string>;
  /** Two groups of the first match as a pair. */
  findKv(
    re: RegExp,
    key: number | string,
    value: number | string,
  ): TextTransform<KV<string, string>>;
  /** Texts that match from their beginning to their end, or a group of the match. */
  matches(re: RegExp, group?: number | string): TextTransform<string>;
  /** Every match replaced; `$1` and the like stand for groups. */
  replace(re: RegExp, replacement: string): TextTransform<string>;
  /** The parts between the matches; empty ones are left out. */
  split(re: RegExp): TextTransform<string>;
}

/**
 * Regular expressions as composites.
 *
 * @example
 * ```ts
 * import { pipeline, regex } from 'strahl';
 * export const p = pipeline('hosts', (p) =>
 *   p.of(['GET http://a.example/x']).pipe(regex.find(/https?:\/\/([^/]+)/, 1)).countPerElement(),
 * );
 * ```
 */
export const regex: Regex = Object.freeze({
  find: (re: RegExp, group: number | string = 0) => {
    checkPattern('find', re, group);
    return perText('regex.find', (text) => part(once(re).exec(text), group));
  },
  findAll: (re: RegExp, group: number | string = 0) => {
    checkPattern('findAll', re, group);
    const all = withFlags(re, 'g');
    return perText('regex.findAll', (text) =>
      [...text.matchAll(all)].flatMap((match) => part(match, group)),
    );
  },
  findKv: (re: RegExp, key: number | string, value: number | string) => {
    checkPattern('findKv', re, key, value);
    const first = once(re);
    return perText('regex.findKv', (text): readonly KV<string, string>[] => {
      const match = first.exec(text);
      const [k] = part(match, key);
      const [v] = part(match, value);
      return k === undefined || v === undefined ? [] : [[k, v]];
    });
  },
  matches: (re: RegExp, group: number | string = 0) => {
    checkPattern('matches', re, group);
    const whole = new RegExp(`^(?:${re.source})$`, once(re).flags);
    return perText('regex.matches', (text) => part(whole.exec(text), group));
  },
  replace: (re: RegExp, replacement: string) => {
    checkPattern('replace', re);
    const all = withFlags(re, 'g');
    return perText('regex.replace', (text) => [text.replaceAll(all, replacement)]);
  },
  split: (re: RegExp) => {
    checkPattern('split', re);
    return perText('regex.split', (text) => text.split(re).filter((piece) => piece !== ''));
  },
});

/** @throws STRAHL-9002 for what is no regular expression, and for a group that it does not have */
function checkPattern(
  name: keyof Regex,
  re: RegExp,
  ...groups: readonly (number | string)[]
): void {
  if (Object.prototype.toString.call(re) !== '[object RegExp]') {
    throw refused(name, {
      title: `regex.${name} is given a value of type ${typeof re} instead of a regular expression`,
      fix: `write it between slashes: regex.${name}(/…/)`,
    });
  }
  // What also matches nothing tells what groups there are.
  const match = new RegExp(`${re.source}|`, re.flags).exec('')!;
  const unknown = groups.find((group) =>
    typeof group === 'number' ? !(group in match) : !(group in (match.groups ?? {})),
  );
  if (unknown === undefined) return;
  throw refused(name, {
    title: `${re.toString()} has no group ${JSON.stringify(unknown)}`,
    fix: 'groups are numbered from 1 by their opening brackets, or named: (?<name>…)',
  });
}

function refused(name: keyof Regex, details: { title: string; fix: string }): StrahlError {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- names the call in an error, is not called
  return refusalOf(regex[name], 'badValue', details);
}

function perText<R>(name: string, f: (text: string) => readonly R[]): TextTransform<R> {
  return libraryTransform(name, (input) => input.flatMap(f));
}

/** Without the flags that make a regular expression remember where it stopped. */
function once(re: RegExp): RegExp {
  return new RegExp(re.source, re.flags.replaceAll(/[gy]/g, ''));
}

function withFlags(re: RegExp, flag: string): RegExp {
  return re.flags.includes(flag) ? re : new RegExp(re.source, re.flags + flag);
}

function part(match: RegExpExecArray | null, group: number | string): readonly string[] {
  const text = typeof group === 'number' ? match?.[group] : match?.groups?.[group];
  return text === undefined ? [] : [text];
}
