import { describe, expect, it } from '@jest/globals';
import { type Flag, parseFlags } from './flags.js';

const known: readonly Flag[] = [
  { name: 'output', value: 'PATH', about: '' },
  { name: 'input', value: 'PATH', about: '', many: true },
  { name: 'limit', value: 'N', about: '' },
  { name: 'verbose', short: 'v', about: '' },
];

function read(...argv: string[]): object {
  const { flags, words, problems } = parseFlags(argv, known);
  return { flags: Object.fromEntries(flags), words, problems: problems.map((p) => p.title) };
}

describe('a command line', () => {
  it('gives values after a blank or an equals sign, and switches without', () => {
    expect(read('run', 'a.ts', '--output', 'out', '--limit=-3', '-v')).toEqual({
      words: ['run', 'a.ts'],
      flags: { output: ['out'], limit: ['-3'], verbose: ['true'] },
      problems: [],
    });
  });

  it('takes a negative number and the dash of standard input as values', () => {
    expect(read('--limit', '-3', '--input', '-')).toMatchObject({
      flags: { limit: ['-3'], input: ['-'] },
    });
  });

  it('turns a switch off by --no- and by =false', () => {
    expect(read('--no-verbose')).toMatchObject({ flags: { verbose: ['false'] } });
    expect(read('--verbose=false')).toMatchObject({ flags: { verbose: ['false'] } });
  });

  it('collects a flag that may be repeated, and refuses one that may not', () => {
    expect(read('--input', 'a', '--input', 'b')).toMatchObject({ flags: { input: ['a', 'b'] } });
    expect(read('--limit', '1', '--limit', '2')).toMatchObject({
      problems: ['--limit is given twice: 1 and 2'],
    });
  });

  it('keeps an empty value apart from a missing one', () => {
    expect(read('--output=')).toMatchObject({ flags: { output: [''] }, problems: [] });
    expect(read('--output')).toMatchObject({ problems: ['--output needs a value'] });
    expect(read('--output', '--verbose')).toMatchObject({
      flags: { verbose: ['true'] },
      problems: ['--output needs a value'],
    });
  });

  it('names the nearest flag for an unknown one and does not stumble over its value', () => {
    expect(read('--ouput', 'out', 'a.ts')).toEqual({
      words: ['a.ts'],
      flags: {},
      problems: ['unknown flag --ouput; did you mean --output?'],
    });
    expect(read('--zzz')).toMatchObject({ problems: ['unknown flag --zzz'] });
  });

  it('tells every problem, not the first', () => {
    expect(read('--ouput', 'x', '--limit', '--verbose=maybe')).toMatchObject({
      problems: [
        'unknown flag --ouput; did you mean --output?',
        '--limit needs a value',
        '--verbose is a switch and takes true or false, not "maybe"',
      ],
    });
  });

  it('takes everything after -- as words', () => {
    expect(read('--', '--output')).toMatchObject({ words: ['--output'], flags: {} });
  });

  it('keeps the names of Object.prototype harmless', () => {
    expect(read('--__proto__=1', '--constructor')).toMatchObject({
      flags: {},
      problems: ['unknown flag --__proto__', 'unknown flag --constructor'],
    });
  });
});
