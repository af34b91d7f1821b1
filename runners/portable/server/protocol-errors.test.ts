/*
 * What a bug here looks like: a harness that dies, falls silent or breaks the protocol, and a job that waits for ever,
 * believes it, or counts its bundle twice. Row 33 of what is bad input, one line for each way.
 */
import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from '#portability/grpc/connect.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { JobState } from '#portability/proto/generated/job-api.js';
import { decodePipeline } from '#portability/proto/generated/pipeline.js';
import { FakePool, type Behaviour } from './fake-harness.fixture.js';
import { runJobServer } from './job-server.js';
import { tinyPipeline } from './tiny-pipeline.fixture.js';

interface Row {
  readonly what: string;
  readonly first: Behaviour;
  /** What the job must say if its harness never does better. */
  readonly says: RegExp;
  /** Workers that are started until the job gives up. */
  readonly workers: number | readonly number[];
  /** Default: it may be silent for longer than any test. */
  readonly silenceMs?: number;
}

const SILENCE_MS = 300;

const LOST = 4;
/** The first one is started before there is a bundle: if it is known to be lost by then, that was no try of one. */
const LOST_OR_NEVER_TRIED = [LOST, LOST + 1];

/** A worker that is lost is replaced, and its bundle tried again there. */
// prettier-ignore
const LOSSES: readonly Row[] = [
  { what: 'leaves as soon as it is connected', first: 'leave-at-once', says: /control stream ended/, workers: LOST_OR_NEVER_TRIED },
  { what: 'leaves when it is given a bundle', first: 'disconnect', says: /control stream ended/, workers: LOST },
  { what: 'leaves between the answer and the end of the outputs', first: 'leave-after-answer', says: /control stream ended/, workers: LOST },
  { what: 'leaves within its output', first: 'leave-within-output', says: /control stream ended/, workers: LOST },
  { what: 'leaves while it reads state', first: 'leave-while-reading-state', says: /control stream ended/, workers: LOST },
  { what: 'breaks its data stream', first: 'break-data', says: /data stream ended/, workers: LOST },
  { what: 'never answers', first: 'silent', says: /it said nothing for 0.3 s/, workers: LOST, silenceMs: SILENCE_MS },
  { what: 'never ends its outputs', first: 'never-ends', says: /it never ended the outputs of/, workers: LOST, silenceMs: SILENCE_MS },
  { what: 'sends a message beyond the limit', first: 'oversized', says: /data stream ended/, workers: LOST },
];

/** What contradicts the protocol would do so again: the job fails. */
// prettier-ignore
const BREACHES: readonly Row[] = [
  { what: 'sends data for an unknown transform', first: 'unknown-port', says: /STRAHL-8001[^]*nobody is no port/, workers: 1 },
  { what: 'sends elements behind their end', first: 'more-behind-end', says: /STRAHL-8001[^]*behind their end/, workers: 1 },
  { what: 'answers what it was not asked', first: 'other-answer', says: /STRAHL-8001[^]*answered finalizeBundle, expected processBundle/, workers: 1 },
  { what: 'sends bytes that are no elements', first: 'garbage', says: /STRAHL-5002/, workers: 1 },
];

/** What does no harm is passed over. */
const HARMLESS: readonly Behaviour[] = ['answer-twice', 'answer-first', 'unknown-bundle'];

describe('a harness that', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  /** The final state of a job, what it said last, and the workers that it took. */
  async function run(behaviours: readonly Behaviour[], workerSilenceMs = 60_000) {
    const serving = await runJobServer({ workerSilenceMs, maxMessageBytes: 2_000_000 });
    const channel = await connect(serving.address);
    const pool = new FakePool(...behaviours);
    open.push(serving, channel, { close: () => pool.stop() });
    const pipeline = decodePipeline(tinyPipeline(await pool.start()));
    const { preparationId } = await channel.unary(JOB_SERVICE.Prepare, { pipeline });
    const { jobId } = await channel.unary(JOB_SERVICE.Run, { preparationId });
    let state: JobState | undefined;
    let said = '';
    await new Promise((resolve) => {
      const message = ({ response }: { readonly response?: { case: string; value: object } }) => {
        if (response?.case === 'stateResponse') ({ state } = response.value as { state: JobState });
        else said = (response?.value as { readonly messageText: string }).messageText;
      };
      const sink = { message: message as never, end: resolve };
      channel.serverStream(JOB_SERVICE.GetMessageStream, { jobId }, sink);
    });
    return { state, said, workers: pool.started };
  }

  it.each(LOSSES)('$what loses its bundle to a fresh worker', async ({ first, silenceMs }) => {
    const { state, workers } = await run([first, 'echo'], silenceMs);
    expect(state).toBe(JobState.DONE);
    expect(workers).toBe(2);
  });

  it.each(LOSSES)(
    '$what each time fails the job, which says why',
    async ({ first, says, workers, silenceMs }) => {
      const end = await run(Array<Behaviour>(8).fill(first), silenceMs);
      expect(end.state).toBe(JobState.FAILED);
      expect(end.said).toContain('STRAHL-8003');
      expect(end.said).toMatch(says);
      expect(end.said).toContain('the last words of a worker');
      expect([workers].flat()).toContain(end.workers);
    },
  );

  it('never connects fails the job before any bundle', async () => {
    const end = await run(['absent', 'echo'], SILENCE_MS);
    expect(end).toMatchObject({ state: JobState.FAILED, workers: 1 });
    expect(end.said).toMatch(/STRAHL-8003[^]*did not connect within 0.3 s/);
  });

  it.each(BREACHES)('$what fails the job', async ({ first, says, workers }) => {
    const end = await run([first]);
    expect(end.state).toBe(JobState.FAILED);
    expect(end.said).toMatch(says);
    expect(end.workers).toBe(workers);
  });

  it.each(HARMLESS)('does its work in an odd way is believed: %s', async (behaviour) => {
    expect(await run([behaviour])).toMatchObject({ state: JobState.DONE, workers: 1 });
  });
});
