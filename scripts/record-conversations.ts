/**
 * Records what real peers say to each other: `record-conversations.ts [prism|python] [NAME …]`, all by default. What it
 * writes to `test/wire/recordings/` is replayed by `test/wire/conversations/`; it is recorded again when the engine
 * makes other bundles of the same pipelines on purpose.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '#portability/grpc/connect.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { encodePipeline } from '#portability/proto/generated/pipeline.js';
import { runJobServer } from '#runners/portable/server/job-server.js';
import { portableRunner } from '#runners/portable/portable-runner.js';
import { startWorker } from '#sdk/harness/worker/worker.js';
import { buildGraph } from '#sdk/translate/build-graph.js';
import { encodeConversation, type Conversation } from '../test/wire/conversations/conversation.js';
import { NO_ADDRESS, pipelineAt } from '../test/wire/conversations/endpoints.js';
import { RECORDED_PIPELINES } from '../test/wire/conversations/recorded-pipelines.js';
import { Recorder } from '../test/wire/conversations/recorder.js';
import { fetchPython } from './interop/python-peer.js';
import { RUNNER_PEERS } from './interop/runner-peers.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/interop');
const recordings = join(root, 'test/wire/recordings');
const NAMES = Object.keys(RECORDED_PIPELINES);
/** Recorded with our worker alone. */
const OURS_ONLY: ReadonlySet<string> = new Set(['split']);

function write(kind: string, name: string, conversation: Conversation): void {
  const bytes = encodeConversation(conversation);
  writeFileSync(join(recordings, `${kind}-${name}.jsonl.gz`), bytes);
  const { length } = conversation.said;
  console.log(`${kind} ${name}: ${String(length)} messages, ${String(bytes.length)} bytes`);
}

/** Prism drives our worker. */
async function recordPrism(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pipeline = RECORDED_PIPELINES[name]!;
    const { functions } = buildGraph(pipeline, {});
    const recorder = new Recorder(async (workerId, endpoint) => {
      await startWorker({ workerId, control: endpoint, provision: endpoint, functions });
    });
    const external = await recorder.pool();
    const peer = await RUNNER_PEERS['Prism']!.start(cache);
    try {
      const jobEndpoint = peer.address;
      // Nobody builds the pipeline again: the worker behind the recorder has its functions.
      const bundle = { module: new Uint8Array(0), options: {} };
      await pipeline.run(
        {},
        { runner: portableRunner({ jobEndpoint, environment: { external }, bundle }) },
      );
      const peers = { runner: 'Prism of Apache Beam 2.77.0', worker: 'Strahl' };
      write('prism', name, { ...peers, pipeline: new Uint8Array(0), ...recorder.heard });
    } finally {
      await peer.stop();
      await recorder.close();
    }
  }
}

/** Our engine drives the Python harness. */
async function recordPython(names: readonly string[]): Promise<void> {
  const python = fetchPython(root, join(root, 'test/interop/python/requirements.txt'));
  for (const name of names) {
    const workers: ChildProcess[] = [];
    const recorder = new Recorder((workerId, endpoint) => {
      const said = `SdkHarness("${endpoint}", worker_id="${workerId}").run()`;
      const code = `from apache_beam.runners.worker.sdk_worker import SdkHarness; ${said}`;
      workers.push(spawn(python, ['-c', code], { stdio: ['ignore', 2, 2] }));
      return Promise.resolve();
    });
    const server = await runJobServer();
    const jobs = await connect(server.address);
    try {
      const script = join(root, 'test/wire/conversations/recorded_pipelines.py');
      await run(python, [script, name, server.address, await recorder.pool()]);
      const [job] = (await jobs.unary(JOB_SERVICE.GetJobs, {})).jobInfo;
      const { pipeline } = await jobs.unary(JOB_SERVICE.GetPipeline, { jobId: job!.jobId });
      const peers = { runner: 'Strahl', worker: 'Python SDK of Apache Beam 2.77.0' };
      write('python', name, {
        ...{ ...peers, ...recorder.heard },
        pipeline: encodePipeline(pipelineAt(pipeline!, NO_ADDRESS)),
      });
    } finally {
      jobs.close();
      await server.close();
      for (const worker of workers) worker.kill();
      await recorder.close();
    }
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${args.join(' ')} ended with ${String(code)}`));
    });
  });
}

const [kind, ...chosen] = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : NAMES;
mkdirSync(recordings, { recursive: true });
if (kind === undefined || kind === 'prism') await recordPrism(names);
if (kind === undefined || kind === 'python') {
  await recordPython(names.filter((name) => !OURS_ONLY.has(name)));
}
