/*
 * What a bug here looks like: our own two ends agree with each other and with no one else. Real peers were recorded;
 * a fake of each says what the real one said, and what our side answers is compared.
 */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from '#portability/grpc/connect.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import {
  decodeElements,
  decodeInstructionResponse,
  decodeProcessBundleDescriptor,
  encodeElements,
} from '#portability/proto/generated/fn-api.js';
import { JobState } from '#portability/proto/generated/job-api.js';
import { decodePipeline } from '#portability/proto/generated/pipeline.js';
import { runJobServer } from '#runners/portable/server/job-server.js';
import { startWorker } from '#sdk/harness/worker/worker.js';
import { buildGraph } from '#sdk/translate/build-graph.js';
import { decodeConversation, type Conversation, type Said } from './conversations/conversation.js';
import { NO_ADDRESS, pipelineAt, stageAt } from './conversations/endpoints.js';
import { plain } from './conversations/plain.js';
import { stageOf } from './conversations/recorded-bundles.js';
import { RECORDED_PIPELINES } from './conversations/recorded-pipelines.js';
import { ReplayedHarness } from './conversations/replayed-harness.js';
import { ReplayedRunner } from './conversations/replayed-runner.js';

const NAMES = Object.keys(RECORDED_PIPELINES);
/** Those that the Python harness was recorded with, too. */
const PYTHON_NAMES = NAMES.filter((name) => name !== 'split');

function recording(name: string): Conversation {
  return decodeConversation(readFileSync(new URL(`recordings/${name}.jsonl.gz`, import.meta.url)));
}

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Plays the part of the recorded runner; answers what our worker did otherwise. */
async function askWorker(name: string, conversation: Conversation): Promise<readonly string[]> {
  const runner = new ReplayedRunner(conversation);
  open.push(runner);
  const address = await runner.start();
  const { functions } = buildGraph(RECORDED_PIPELINES[name]!, {});
  const worker = await startWorker({
    ...{ workerId: 'replayed', control: address, provision: address, functions },
  });
  await runner.play();
  worker.stop();
  await worker.done;
  await runner.compare();
  return runner.differences;
}

/** Plays the part of the recorded worker in a job of our engine. */
async function askEngine(conversation: Conversation) {
  const harness = new ReplayedHarness(conversation);
  open.push(harness);
  const server = await runJobServer();
  open.push(server);
  const jobs = await connect(server.address);
  open.push(jobs);
  const pipeline = pipelineAt(decodePipeline(conversation.pipeline), await harness.pool());
  const { preparationId } = await jobs.unary(JOB_SERVICE.Prepare, { pipeline });
  const { jobId } = await jobs.unary(JOB_SERVICE.Run, { preparationId });
  const states: JobState[] = [];
  await new Promise((resolve) => {
    const message = ({ state }: { readonly state: JobState }): unknown => states.push(state);
    jobs.serverStream(JOB_SERVICE.GetStateStream, { jobId }, { message, end: resolve });
  });
  const { differences, missed, stages } = harness;
  return { differences, missed, stages, state: states.at(-1) };
}

/** The recording with the last byte of what `from` said first of elements changed. */
function tampered(conversation: Conversation, from: Said['from']): Conversation {
  const said = [...conversation.said];
  const isIt = (each: Said): boolean => each.from === from && each.service === 'data';
  const at = said.findIndex(isIt);
  const { data } = decodeElements(said[at]!.bytes);
  data[0]!.data[data[0]!.data.length - 1]! ^= 1;
  said[at] = { ...said[at]!, bytes: encodeElements({ data }) };
  return { ...conversation, said };
}

describe('our worker answers Prism as it did when that was recorded', () => {
  it.each(NAMES)('%s', async (name) => {
    const conversation = recording(`prism-${name}`);
    expect(conversation.said.some(({ from }) => from === 'worker')).toBe(true);
    expect(await askWorker(name, conversation)).toEqual([]);
  });

  it('and the split took effect', () => {
    const parts = recording('prism-split').said.flatMap(({ from, service, bytes }) => {
      if (from !== 'worker' || service !== 'control') return [];
      const { response } = decodeInstructionResponse(bytes);
      return response?.case === 'processBundleSplit' ? response.value.residualRoots : [];
    });
    expect(parts).toHaveLength(1);
  });

  it('and one byte of its elements that differs is noticed', async () => {
    const [name = ''] = NAMES;
    const other = tampered(recording(`prism-${name}`), 'worker');
    expect(await askWorker(name, other)).toEqual([expect.stringMatching(/^the elements of/)]);
  });
});

describe('our engine gives the Python harness the bundles that it gave when that was recorded', () => {
  it.each(PYTHON_NAMES)('%s', async (name) => {
    const conversation = recording(`python-${name}`);
    const { differences, missed, stages, state } = await askEngine(conversation);
    expect({ differences, missed, state }).toEqual({
      ...{ differences: [], missed: [], state: JobState.DONE },
    });
    for (const [id, bytes] of conversation.descriptors) {
      const described = (stage: Parameters<typeof stageAt>[0]): unknown =>
        plain({ ...stageAt(stage, NO_ADDRESS), id: '' });
      const now = stages.get(stageOf(id));
      expect(described(now!)).toEqual(described(decodeProcessBundleDescriptor(bytes)));
    }
  });

  it('and one byte of their elements that differs is noticed', async () => {
    const [name] = NAMES;
    const { differences, state } = await askEngine(
      tampered(recording(`python-${name!}`), 'runner'),
    );
    expect(differences).toEqual([expect.stringMatching(/^no such bundle was recorded/)]);
    expect(state).toBe(JobState.FAILED);
  });
});
