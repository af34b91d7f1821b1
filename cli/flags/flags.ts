import { StrahlError } from '#portability/errors.js';
import { nearest } from '../nearest.js';
import { absentFlag } from './absent-flags.js';

/** A flag as it may be written; `value` names what follows it, a flag without is a switch. */
export interface Flag {
  /** kebab-case, without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** `FILE`, `N`, … Absent for a switch, which also takes `--no-…`, `=true` and `=false`. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  /** A flag that says something else about the same. */
  readonly contradicts?: string;
  readonly about: string;
}

/** Flag name → the texts given, in order; a switch gives `'true'` or `'false'`. */
export type GivenFlags = ReadonlyMap<string, readonly string[]>;

export interface ParsedFlags {
  readonly flags: GivenFlags;
  readonly words: readonly string[];
  /** Every problem found, for all are told at once. */
  readonly problems: readonly StrahlError[];
}

/**
 * Reads a command line against the flags it may have. A word after an unknown flag is taken as that flag's value, so
 * that one slip gives one problem.
 */
export function parseFlags(argv: readonly string[], known: readonly Flag[]): ParsedFlags {
  const reading = new Reading(known);
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') {
      reading.words.push(...argv.slice(at + 1));
      break;
    }
    if (!isFlag(word)) reading.words.push(word);
    else if (reading.flag(word, argv[at + 1])) at++;
  }
  const problems = [...reading.problems, ...contradictions(reading.flags, known)];
  return { flags: reading.flags, words: reading.words, problems };
}

/** `-` is a word (standard input), and so is a negative number. */
function isFlag(word: string): boolean {
  return /^-[^\d.]/.test(word) && word !== '-';
}

class Reading {
  readonly flags: Map<string, string[]> = new Map();
  readonly words: string[] = [];
  readonly problems: StrahlError[] = [];
  readonly #known: readonly Flag[];

  constructor(known: readonly Flag[]) {
    this.#known = known;
  }

  /** True when `next` belongs to this flag. */
  flag(word: string, next: string | undefined): boolean {
    const [, name = '', inline] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const nextIsValue = inline === undefined && next !== undefined && !isFlag(next);
    const flag = this.#find(word, name);
    if (flag === undefined) {
      if (this.#negated(name, inline)) return false;
      this.problems.push(unknownFlag(word.replace(/=[\s\S]*/, ''), this.#known));
      return nextIsValue;
    }
    if (flag.value === undefined) {
      this.#switch(flag, inline);
      return false;
    }
    if (inline === undefined && !nextIsValue) {
      this.problems.push(missingValue(flag));
      return false;
    }
    this.#keep(flag, inline ?? next!);
    return nextIsValue;
  }

  #find(word: string, name: string): Flag | undefined {
    return word.startsWith('--')
      ? this.#known.find((flag) => flag.name === name)
      : this.#known.find((flag) => flag.short === name);
  }

  #negated(name: string, inline: string | undefined): boolean {
    const flag = name.startsWith('no-') ? this.#find('--', name.slice(3)) : undefined;
    if (flag === undefined || flag.value !== undefined || inline !== undefined) return false;
    this.#keep(flag, 'false');
    return true;
  }

  #switch(flag: Flag, inline: string | undefined): void {
    if (inline === undefined || inline === 'true' || inline === 'false') {
      this.#keep(flag, inline ?? 'true');
      return;
    }
    const title = `--${flag.name} is a switch and takes true or false, not ${JSON.stringify(inline)}`;
    this.problems.push(new StrahlError('badValue', { title, fix: `--${flag.name}` }));
  }

  #keep(flag: Flag, text: string): void {
    const given = this.flags.get(flag.name);
    if (given === undefined) {
      this.flags.set(flag.name, [text]);
    } else if (flag.many === true) {
      given.push(text);
    } else {
      const title = `--${flag.name} is given twice: ${given[0]} and ${text}`;
      this.problems.push(new StrahlError('badValue', { title, fix: 'give it once' }));
    }
  }
}

function contradictions(given: GivenFlags, known: readonly Flag[]): readonly StrahlError[] {
  const isSaid = (name: string): boolean => (given.get(name)?.[0] ?? 'false') !== 'false';
  return known
    .filter(
      ({ name, contradicts }) => contradicts !== undefined && isSaid(name) && isSaid(contradicts),
    )
    .map(({ name, contradicts = '' }) => {
      const title = `--${name} and --${contradicts} contradict each other`;
      return new StrahlError('badValue', { title, fix: 'give one of them' });
    });
}

function unknownFlag(word: string, known: readonly Flag[]): StrahlError {
  const name = word.replace(/^--?/, '');
  const absent = absentFlag(name);
  if (absent !== undefined) {
    return new StrahlError('unknownFlag', { title: `there is no flag ${word} here`, ...absent });
  }
  const guess = nearest(
    name,
    known.map((flag) => flag.name),
  );
  const hint = guess === undefined ? '' : `; did you mean --${guess}?`;
  return new StrahlError('unknownFlag', {
    title: `unknown flag ${word}${hint}`,
    fix: guess === undefined ? 'see --help for the flags there are' : `--${guess}`,
  });
}

function missingValue(flag: Flag): StrahlError {
  return new StrahlError('badValue', {
    title: `--${flag.name} needs a value`,
    fix: `--${flag.name} ${flag.value ?? ''}`.trimEnd(),
  });
}
