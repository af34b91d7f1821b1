import { describe, expect, it } from '@jest/globals';
import { jobLine } from './job-server-command.js';

describe('the line of a job that is over', () => {
  const job = { id: 'job-1', name: 'word count', elements: 1_200, milliseconds: 3_400 };

  it('says its name, id, end, size and duration', () => {
    expect(jobLine({ ...job, state: 'done' })).toBe(
      'word count (job-1) done · 1.2k elements · 3.4 s',
    );
  });

  it('says why it failed', () => {
    const error = 'ValueError: seven';
    expect(jobLine({ ...job, name: '', state: 'failed', error })).toMatch(
      /^a job \(job-1\) failed · .* · ValueError: seven$/,
    );
  });
});
