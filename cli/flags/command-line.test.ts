import { describe, expect, it } from '@jest/globals';
import { readCommandLine, readOptions } from './command-line.js';

describe('the command line', () => {
  it.each([
    [['run', 'a.ts']],
    [['run', 'a.ts', '--input', 'x']],
    [['--json', 'run', '--runner', 'direct', 'a.ts']],
    [['run', '--input', 'x', 'a.ts']],
    [['run', '--input', 'x.ts', 'a.ts']],
  ])('finds the file in %j', (argv) => {
    expect(readCommandLine(argv)).toMatchObject({ command: { name: 'run' }, file: 'a.ts' });
  });

  it('takes the export from behind the hash', () => {
    expect(readCommandLine(['graph', 'a.ts#visits'])).toMatchObject({
      file: 'a.ts',
      exportName: 'visits',
    });
  });

  it('reads the options of the pipeline once they are known', () => {
    const line = readCommandLine(['run', '--input', 'x', 'a.ts', '--quiet']);
    const { flags, problems } = readOptions(line, [{ name: 'input', value: 'TEXT', about: '' }]);
    expect(Object.fromEntries(flags)).toEqual({ input: ['x'], quiet: ['true'] });
    expect(problems).toEqual([]);
  });

  it('refuses words that belong to nothing', () => {
    const line = readCommandLine(['run', 'a.ts', 'b.ts']);
    expect(readOptions(line, []).problems.map((p) => p.title)).toEqual([
      'unexpected argument b.ts',
    ]);
  });

  it('names the nearest command', () => {
    const titles = (...argv: string[]): string[] =>
      readCommandLine(argv).problems.map((problem) => problem.title);
    expect(titles('rnu', 'a.ts')).toEqual(['unknown command rnu; did you mean strahl run?']);
    expect(titles('--nosuch', '--quiet')).toEqual(['unknown flag --nosuch']);
    expect(titles('a.ts')).toEqual(['unknown command a.ts; did you mean strahl run a.ts?']);
  });
});
