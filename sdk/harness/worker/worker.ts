import { getHeapStatistics } from 'node:v8';
import { BundleHarness } from '#portability/fnapi/harness/bundle-harness.js';
import type { Logger } from '../../dofn/dofn.js';
import type { FunctionRegistry } from '../../dofn/user-function.js';
import { InProcessConnection } from '../in-process.js';
import { RunnerStreams, type RunnerAddress } from './runner-streams.js';
import { SYSTEM_CLOCK } from './system-clock.js';

/** How long a runner may take to let its worker in, in milliseconds. */
const CONNECT_MS = 30_000;

export interface WorkerOptions extends RunnerAddress {
  /** The functions of the pipeline that is run, by path. */
  readonly functions: FunctionRegistry;
  /** Where `c.log` goes. Default: nowhere. */
  readonly log?: Logger;
  /**
   * When the job ends, with the failure if it does so badly: functions are torn down only then, because some
   * runners have a worker for each stage, and end it before the stages behind it begin. Default: with the worker.
   */
  readonly jobEnd?: Promise<unknown>;
  /**
   * Bytes that side inputs which are read as a whole may hold while a bundle runs, encoded. Default: an eighth of
   * the heap.
   */
  readonly memory?: number;
  /** Hears what a bundle failed with, beside the runner. */
  readonly onFailure?: (error: unknown) => void;
}

/** A worker that serves a runner. */
export interface Worker {
  readonly id: string;
  /** Resolves when its functions are torn down, with the failure if the runner did not end it in order. */
  readonly done: Promise<unknown>;
  /** Ends it from here: bundles that run fail. `failure`: why the job did not end well. */
  stop(failure?: unknown): void;
}

/**
 * Starts to serve a runner of Beam's Fn API: it sends bundles, this process runs the functions.
 *
 * @throws STRAHL-6001 when the runner does not answer
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { functions, log, onFailure, jobEnd, memory = heapShare(), ...address } = options;
  let settle: (failure: unknown) => void = () => undefined;
  const ended = new Promise<unknown>((resolve) => (settle = resolve));
  let broken: unknown;
  const streams = new RunnerStreams(address, settle);
  const inner = new InProcessConnection({
    functions,
    clock: SYSTEM_CLOCK,
    sideBytes: memory,
    ...(log === undefined ? {} : { log }),
  });
  const harness = new BundleHarness(streams, inner, (error) => {
    broken ??= error;
    onFailure?.(error);
  });
  await streams.open(harness, CONNECT_MS);
  await streams.offerStatus(() => harness.status);
  // What a function throws while it is torn down cannot fail the job any more.
  const done = ended.then(async (failure) => {
    const why = failure ?? broken ?? (await jobEnd);
    if (why === undefined) await inner.finalizeRest();
    await Promise.resolve(harness.close(why)).catch(() => undefined);
    return failure;
  });
  return {
    id: address.workerId,
    done,
    stop: (failure) => {
      streams.close();
      settle(failure);
    },
  };
}

/** Decoded, values take a multiple of their bytes. */
function heapShare(): number {
  return getHeapStatistics().heap_size_limit / 8;
}
