// What a bug here looks like: a job whose runner says why it failed, and a user who is told something else.
import { describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import { errorText } from '#portability/fnapi/messages/error-text.js';
import { JobFailure } from './job-failure.js';

const thrown = new StrahlError('userCodeThrew', { title: 'the function threw Error: no' });
const cutOff = new StrahlError('jobCancelled', { title: 'the bundle was ended' });
const REASON = 'java.lang.UnsupportedOperationException: not on this runner\n\tat Source.run';

function failureOf(noted: readonly unknown[], said: readonly string[]): StrahlError {
  const failure = new JobFailure();
  for (const error of noted) failure.note(error);
  for (const text of said) failure.say(text);
  return failure.error('job-1');
}

describe('the failure of a job elsewhere', () => {
  it('is the first error of a worker in this process', () => {
    const later = new StrahlError('stuck', { title: 'later' });
    expect(failureOf([thrown, later], [REASON])).toBe(thrown);
  });

  it('is our error in what the runner says, wherever it stands', () => {
    const text = `java.util.concurrent.ExecutionException: ${errorText(thrown)}\n\tat Bundle.close`;
    expect(failureOf([], ['starting', text]).title).toBe(thrown.title);
  });

  it('is that of the runner where it is none of ours, also if a bundle was cut off', () => {
    const reason = {
      code: 'STRAHL-7103',
      title: 'java.lang.UnsupportedOperationException: not on this runner',
    };
    expect(failureOf([], [REASON])).toMatchObject(reason);
    expect(failureOf([cutOff], [REASON, errorText(cutOff)])).toMatchObject(reason);
  });

  it('is that a bundle was cut off, if nobody says more', () => {
    expect(failureOf([cutOff], [])).toBe(cutOff);
    expect(failureOf([], [errorText(cutOff)]).key).toBe('jobCancelled');
  });

  it('names the job if nobody says anything', () => {
    expect(failureOf([], [])).toMatchObject({
      code: 'STRAHL-7103',
      title: 'job job-1 failed without a reason',
    });
  });
});
