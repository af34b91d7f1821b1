import { describe, expect, it } from '@jest/globals';
import { isStrahlError, StrahlError } from './errors.js';

describe('an error', () => {
  it('says code, what, step, place, element, reason, fix and where to read on', () => {
    const error = new StrahlError('notKeyed', {
      title: 'groupByKey needs pairs',
      step: 'sessions/groupByKey',
      site: 'src/a.ts:3:4',
      element: '"x"',
      why: 'the input holds strings',
      fix: 'add .keyBy(…)',
    });
    expect(error.message).toBe(
      [
        'STRAHL-1102  groupByKey needs pairs',
        '  step     sessions/groupByKey',
        '  built at src/a.ts:3:4',
        '  element  "x"',
        '  why      the input holds strings',
        '  fix      add .keyBy(…)',
        '  docs     docs/errors.md#strahl-1102',
      ].join('\n'),
    );
    expect(error.name).toBe('PipelineError');
  });

  it('shows characters that a terminal would obey as text', () => {
    const { message } = new StrahlError('userCodeThrew', { title: 'boom \u001b[31m\rfake' });
    expect(message).toContain(String.raw`boom \u001b[31m\u000dfake`);
  });

  it('is known by its brand, not by its class', () => {
    expect(isStrahlError(new StrahlError('stuck', { title: 'x' }))).toBe(true);
    expect(isStrahlError(new Error('x'))).toBe(false);
    expect(isStrahlError(null)).toBe(false);
  });
});
