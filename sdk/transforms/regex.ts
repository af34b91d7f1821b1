import type { Bound, Win } from '../collections/boundedness.js';
import type { KV } from '../dofn/dofn.js';
import type { PCollection } from '../collections/pcollection.js';
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
  find: (re: RegExp, group: number | string = 0) =>
    perText('regex.find', (text) => part(once(re).exec(text), group)),
  findAll: (re: RegExp, group: number | string = 0) => {
    const all = withFlags(re, 'g');
    return perText('regex.findAll', (text) =>
      [...text.matchAll(all)].flatMap((match) => part(match, group)),
    );
  },
  findKv: (re: RegExp, key: number | string, value: number | string) => {
    const first = once(re);
    return perText('regex.findKv', (text): readonly KV<string, string>[] => {
      const match = first.exec(text);
      const [k] = part(match, key);
      const [v] = part(match, value);
      return k === undefined || v === undefined ? [] : [[k, v]];
    });
  },
  matches: (re: RegExp, group: number | string = 0) => {
    const whole = new RegExp(`^(?:${re.source})$`, once(re).flags);
    return perText('regex.matches', (text) => part(whole.exec(text), group));
  },
  replace: (re: RegExp, replacement: string) => {
    const all = withFlags(re, 'g');
    return perText('regex.replace', (text) => [text.replaceAll(all, replacement)]);
  },
  split: (re: RegExp) =>
    perText('regex.split', (text) => text.split(re).filter((piece) => piece !== '')),
});

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
