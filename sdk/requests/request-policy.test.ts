// What a bug here looks like: a service asked too often or too soon, or a job that hangs on one that is silent.
import { describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import { ManualClock } from './request-clock.fixture.js';
import { RequestPolicy, type RequestContext, type RequestLimits } from './request-policy.js';

const endless = (): AbortSignal => new AbortController().signal;
const LIMITS: RequestLimits = { retries: 3, timeoutMs: 1_000, rate: Infinity };

function policy(limits: Partial<RequestLimits> = {}) {
  const clock = new ManualClock();
  const requests = new RequestPolicy({ ...LIMITS, ...limits }, clock);
  return {
    clock,
    policy: {
      run: <R>(call: (c: RequestContext) => Promise<R>, job: AbortSignal) =>
        requests.run(call, job, clock),
    },
  };
}

/** Fails the first `n` times. */
function failing(n: number, error: () => unknown = () => new Error('no')) {
  const calls: number[] = [];
  const clockOf = (clock: ManualClock) => async (): Promise<string> => {
    calls.push(clock.time);
    await Promise.resolve();
    if (calls.length <= n) throw error();
    return 'yes';
  };
  return { calls, clockOf };
}

describe('a request', () => {
  it('is tried again after pauses that double (Q2)', async () => {
    const { clock, policy: p } = policy();
    const { calls, clockOf } = failing(3);
    const answer = p.run(clockOf(clock), endless());
    await clock.advance(2_000);
    expect(await answer).toBe('yes');
    expect(calls).toEqual([0, 100, 300, 700]);
  });

  it('fails with what the last attempt said', async () => {
    const { clock, policy: p } = policy({ retries: 1 });
    const { calls, clockOf } = failing(9);
    const answer = p.run(clockOf(clock), endless());
    const failed = expect(answer).rejects.toMatchObject({
      code: 'STRAHL-6001',
      title: 'a request failed 2 times: no',
      cause: { message: 'no' },
    });
    await clock.advance(1_000);
    await failed;
    expect(calls).toHaveLength(2);
  });

  it('is not tried again before the service wants it (Q2)', async () => {
    const { clock, policy: p } = policy();
    const { calls, clockOf } = failing(1, () =>
      Object.assign(new Error('429'), { retryAfter: 5_000 }),
    );
    const answer = p.run(clockOf(clock), endless());
    await clock.advance(6_000);
    await answer;
    expect(calls).toEqual([0, 5_000]);
  });

  it('is not tried again after an error that a repetition cannot mend (Q4)', async () => {
    const { clock, policy: p } = policy();
    const { calls, clockOf } = failing(1, () => new StrahlError('badValue', { title: 'wrong' }));
    await expect(p.run(clockOf(clock), endless())).rejects.toMatchObject({ code: 'STRAHL-9002' });
    expect(calls).toHaveLength(1);
  });

  it('is given up when it takes too long, and its signal says so (Q3)', async () => {
    const { clock, policy: p } = policy({ retries: 0 });
    let signal = endless();
    const answer = p.run((c) => {
      ({ signal } = c);
      return new Promise(() => {});
    }, endless());
    const failed = expect(answer).rejects.toMatchObject({
      code: 'STRAHL-6006',
      title: 'a request failed once: a request took longer than 1000 ms',
    });
    await clock.advance(1_000);
    await failed;
    expect(signal.aborted).toBe(true);
  });

  it('starts evenly spaced, repeated attempts included (Q1)', async () => {
    const { clock, policy: p } = policy({ rate: 10 });
    const starts: number[] = [];
    const answers = Array.from({ length: 4 }, (_, i) =>
      p.run(async () => {
        starts.push(clock.time);
        await Promise.resolve();
        if (i === 0 && clock.time === 0) throw new Error('no');
      }, endless()),
    );
    await clock.advance(1_000);
    await Promise.all(answers);
    expect(starts).toEqual([0, 100, 200, 300, 400]);
  });

  it('ends with its job (Q4)', async () => {
    const { policy: p } = policy();
    const job = new AbortController();
    let signal = endless();
    const answer = p.run((c) => {
      ({ signal } = c);
      return new Promise(() => {});
    }, job.signal);
    const ended = expect(answer).rejects.toThrow('cancelled');
    await Promise.resolve();
    job.abort(new Error('cancelled'));
    await ended;
    expect(signal.aborted).toBe(true);
    await expect(p.run(() => Promise.resolve(1), job.signal)).rejects.toThrow('cancelled');
  });
});
