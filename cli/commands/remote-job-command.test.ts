// What a bug here looks like: a job on another runner that is ended although somebody only wanted to look.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import { offer } from '#portability/grpc/handlers.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { JobState } from '#portability/proto/generated/job-api.js';
import { runCommandLine } from '../main.js';
import { keptTerminal, type KeptTerminal } from '../terminal/terminal.fixture.js';

type Out = { send(message: { readonly state: JobState }): unknown };

let serving: Serving;
let asked: string[];
let states: Out | undefined;
/** Told as soon as somebody follows the job. */
let known: readonly JobState[];
let followed: Promise<void>;

beforeEach(async () => {
  asked = [];
  known = [JobState.RUNNING];
  let follow: () => void = () => undefined;
  followed = new Promise((resolve) => (follow = resolve));
  const jobs = offer(JOB_SERVICE, {
    GetState: ({ jobId }) => {
      if (jobId !== 'j1') throw new StrahlError('jobNotFound', { title: `no job ${jobId}` });
      return { state: JobState.RUNNING };
    },
    GetStateStream: (_, out) =>
      new Promise<void>(() => {
        states = out;
        for (const state of known) out.send({ state });
        follow();
      }),
    GetMessageStream: () => undefined,
    GetJobMetrics: () => ({ metrics: { committed: [], attempted: [] } }),
    Cancel: () => {
      asked.push('cancel');
      states?.send({ state: JobState.CANCELLED });
      return { state: JobState.CANCELLING };
    },
    Drain: () => {
      throw new StrahlError('unsupportedFeature', { title: 'this runner drains nothing' });
    },
  });
  serving = await serve({ offers: [jobs] });
});

afterEach(() => serving.close());

async function strahl(terminal: KeptTerminal): Promise<object> {
  const code = await runCommandLine(terminal);
  return { code, out: terminal.output(), err: terminal.errors() };
}

const words = (...given: readonly string[]): KeptTerminal =>
  keptTerminal({ arguments: [...given, '--job-endpoint', serving.address] });

describe('a job on another runner', () => {
  it('is followed to its end', async () => {
    known = [JobState.RUNNING, JobState.DONE];
    const told = await strahl(words('attach', 'j1'));
    expect(told).toMatchObject({ code: 0, err: expect.stringContaining('ended    job j1: DONE') });
  });

  it('goes on when who follows it leaves', async () => {
    const terminal = words('attach', 'j1');
    const told = strahl(terminal);
    await followed;
    terminal.interrupt();
    expect(await told).toMatchObject({ code: 0, err: expect.stringContaining('j1 goes on') });
    expect(asked).toEqual([]);
  });

  it('is cancelled when it is told to', async () => {
    const told = await strahl(words('cancel', 'j1'));
    expect(told).toMatchObject({ code: 0, err: expect.stringContaining('j1: CANCELLED') });
    expect(asked).toEqual(['cancel']);
  });

  it('that cannot be drained says so, and goes on', async () => {
    const told = await strahl(words('drain', 'j1'));
    expect(told).toMatchObject({ code: 1, err: expect.stringContaining('drains nothing') });
  });

  it('must be known there', async () => {
    expect(await strahl(words('attach', 'j2'))).toMatchObject({
      err: expect.stringContaining('no job j2'),
    });
  });

  it.each([
    [['attach'], 'named by its id'],
    [['cancel', 'j1', '--job-endpoint', 'nowhere'], 'has no port'],
    [['cancel', 'j1', '--token-file', '/nowhere'], 'cannot be read'],
  ])('%j: is named by its id and the address of its service', async (given, title) => {
    const told = await strahl(keptTerminal({ arguments: given }));
    expect(told).toMatchObject({ code: 2, err: expect.stringContaining(title) });
  });
});
