import { describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import { frameOf } from './code-frame.js';
import { errorFields, exitCodeOf, renderError } from './render-error.js';
import { plain } from './terminal.js';

const error = new StrahlError('notKeyed', {
  title: '"Count pages" groups by key, but its input holds string',
  step: 'Count pages',
  site: 'src/clicks.ts:41:4',
  fix: '.keyBy((page) => page.url) first',
  cause: new Error('inner'),
});

describe('an error on the terminal', () => {
  it('has its seven parts and no stack', () => {
    expect(renderError(error, { paint: plain, frame: false, debug: false })).toBe(
      [
        'STRAHL-1102  "Count pages" groups by key, but its input holds string',
        '  step     Count pages',
        '  built at src/clicks.ts:41:4',
        '  fix      .keyBy((page) => page.url) first',
        '  docs     docs/errors.md#strahl-1102',
      ].join('\n'),
    );
  });

  it('shows its stack and those of its causes under --debug', () => {
    const text = renderError(error, { paint: plain, frame: false, debug: true });
    expect(text).toMatch(/\n {4}at /);
    expect(text).toContain('caused by Error: inner');
  });

  it('survives a cause that causes itself', () => {
    const loop: { stack: string; cause?: unknown } = { stack: 'loop' };
    loop.cause = loop;
    expect(renderError(loop, { paint: plain, frame: false, debug: true })).toContain('loop');
  });

  it.each([
    ['a string', 'boom', 'boom'],
    ['nothing', undefined, 'undefined'],
    ['an error of another realm', { name: 'RangeError', message: 'far' }, 'RangeError: far'],
  ])('takes %s that was thrown', (_what, thrown, text) => {
    expect(renderError(thrown, { paint: plain, frame: false, debug: false })).toContain(text);
  });

  it('is an object of fields under --json', () => {
    expect(errorFields(error, false)).toMatchObject({
      code: 'STRAHL-1102',
      class: 'PipelineError',
      step: 'Count pages',
      site: 'src/clicks.ts:41:4',
      docs: 'docs/errors.md#strahl-1102',
      cause: 'Error: inner',
    });
    expect(errorFields(error, false)).not.toHaveProperty('stack');
  });
});

it('frames the line of the construction site', () => {
  expect(frameOf('one\ntwo\nthree\nfour', 3, 2, plain)).toBe(
    ['  1 │ one', '  2 │ two', '> 3 │ three', '    │  ^', '  4 │ four'].join('\n'),
  );
});

it('exits with 2 when the call is wrong and with 1 when the job is', () => {
  expect(exitCodeOf(new StrahlError('unknownFlag', { title: '' }))).toBe(2);
  expect(exitCodeOf(error)).toBe(1);
  expect(exitCodeOf('thrown')).toBe(1);
});
