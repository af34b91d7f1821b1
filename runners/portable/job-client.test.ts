// What a bug here looks like: a job of three hours is given up because a connection was closed after two.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StrahlError } from '#portability/errors.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { offer } from '#portability/grpc/handlers.js';
import type { MessageSender } from '#portability/grpc/message-stream.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import {
  JobState,
  type JobMessagesResponse,
  type JobStateEvent,
} from '#portability/proto/generated/job-api.js';
import { JobClient } from './job-client.js';

const LOST = new StrahlError('unreachable', { title: 'the connection was closed in between' });

let serving: Serving;
let channel: RpcChannel;
let client: JobClient;
/** What each stream says; one that is asked for beyond the last is lost again. */
let states: ((out: MessageSender<JobStateEvent>) => void)[];
let messages: ((out: MessageSender<JobMessagesResponse>) => void)[];
let pauses: number[];

beforeEach(async () => {
  states = [];
  messages = [];
  pauses = [];
  const lost = (): never => {
    throw LOST;
  };
  const jobs = offer(JOB_SERVICE, {
    GetStateStream: (_, out) => (states.shift() ?? lost)(out),
    GetMessageStream: (_, out) => (messages.shift() ?? lost)(out),
  });
  serving = await serve({ offers: [jobs] });
  channel = await connect(serving.address);
  client = new JobClient(channel, (ms) => {
    pauses.push(ms);
    return Promise.resolve();
  });
});

afterEach(async () => {
  channel.close();
  await serving.close();
});

describe('a job whose connection is lost', () => {
  it('is followed further over another one', async () => {
    const running = (out: MessageSender<JobStateEvent>): never => {
      out.send({ state: JobState.RUNNING });
      throw LOST;
    };
    states = [running, running, (out) => out.send({ state: JobState.DONE })];
    const told: string[] = [];
    await expect(client.states('j', (state) => told.push(state))).resolves.toBe('DONE');
    expect(told).toEqual(['RUNNING', 'RUNNING', 'DONE']);
  });

  it('is given up after half a minute without a word (STRAHL-6001)', async () => {
    const following = client.states('j', () => undefined);
    await expect(following).rejects.toMatchObject({ code: 'STRAHL-6001' });
    expect(pauses.reduce((sum, ms) => sum + ms)).toBe(31_000);
  });

  it('is given up at once by a runner that does not know it any more', async () => {
    states = [
      () => {
        throw new StrahlError('jobNotFound', { title: 'no job j' });
      },
    ];
    const following = client.states('j', () => undefined);
    await expect(following).rejects.toMatchObject({ code: 'STRAHL-6002' });
    expect(pauses).toEqual([]);
  });

  it('tells each message once, though its runner begins anew', async () => {
    const say = (out: MessageSender<JobMessagesResponse>, ...ids: readonly string[]): void => {
      for (const messageId of ids)
        out.send({ response: { case: 'messageResponse', value: { messageId } } });
    };
    messages = [
      (out) => {
        say(out, 'one', 'two');
        throw LOST;
      },
      (out) => say(out, 'one', 'two', 'three'),
    ];
    const told: string[] = [];
    await client.messages('j', ({ messageId }) => told.push(messageId));
    expect(told).toEqual(['one', 'two', 'three']);
  });

  it('has no more messages when nobody can tell them', async () => {
    await expect(client.messages('j', () => undefined)).resolves.toBeUndefined();
  });
});
