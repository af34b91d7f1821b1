// What a bug here looks like: a job that nobody can reach any more once its submitter is gone.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import { errorText } from '#portability/fnapi/messages/error-text.js';
import { offer } from '#portability/grpc/handlers.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { JobMessage_MessageImportance, JobState } from '#portability/proto/generated/job-api.js';
import { attachJob } from './attach-job.js';

let serving: Serving;
/** How the job of the service ends, and what is said of it before. */
let end: JobState;
let said: string;

beforeEach(async () => {
  end = JobState.DONE;
  said = '';
  const known = (jobId: string): void => {
    if (jobId !== 'j1') throw new StrahlError('jobNotFound', { title: `no job ${jobId}` });
  };
  const jobs = offer(JOB_SERVICE, {
    GetState: ({ jobId }) => {
      known(jobId);
      return { state: JobState.RUNNING };
    },
    GetStateStream: (_, out) => {
      for (const state of [JobState.RUNNING, end]) out.send({ state });
    },
    GetMessageStream: (_, out) => {
      const importance = JobMessage_MessageImportance.JOB_MESSAGE_ERROR;
      const value = { importance, messageText: said };
      if (said !== '') out.send({ response: { case: 'messageResponse', value } });
    },
    GetJobMetrics: () => ({ metrics: { committed: [], attempted: [] } }),
  });
  serving = await serve({ offers: [jobs] });
});

afterEach(() => serving.close());

describe('a job that is attached to', () => {
  it('is followed to its end', async () => {
    const job = await attachJob({ jobEndpoint: serving.address }, 'j1');
    await expect(job.done).resolves.toBe('DONE');
    expect(job.state).toBe('DONE');
  });

  it('fails with the error of the function, whatever the runner says around it', async () => {
    end = JobState.FAILED;
    const error = new StrahlError('userCodeThrew', { title: 'it threw', step: 'a/b' });
    said = `bundle inst001 failed:${errorText(error)}\n at Runner.java:12`;
    const job = await attachJob({ jobEndpoint: serving.address }, 'j1');
    await expect(job.done).rejects.toMatchObject({ title: 'it threw', step: 'a/b' });
  });

  it('may be left, and goes on', async () => {
    end = JobState.RUNNING;
    const job = await attachJob({ jobEndpoint: serving.address }, 'j1');
    job.leave();
    await expect(job.done).rejects.toMatchObject({ code: 'STRAHL-6001' });
  });

  it('must be known to the runner', async () => {
    const attached = attachJob({ jobEndpoint: serving.address }, 'j2');
    await expect(attached).rejects.toMatchObject({ code: 'STRAHL-6002' });
  });
});
