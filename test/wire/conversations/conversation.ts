import { gunzipSync, gzipSync } from 'node:zlib';
import type { Service } from '#portability/fnapi/link.js';

/** One message, by whom it was said. */
export interface Said {
  readonly from: 'runner' | 'worker';
  readonly service: Service;
  readonly bytes: Uint8Array;
}

/**
 * What a runner and its only worker told each other in one job.
 *
 *   C1. What one of them said stands behind all that it had heard by then.
 *   C2. Descriptors and the pipeline name no address: whoever replays them puts in his own.
 */
export interface Conversation {
  /** With their versions. */
  readonly runner: string;
  readonly worker: string;
  /** What the runner said that it can do. */
  readonly runnerCapabilities: readonly string[];
  /** As it was submitted. */
  readonly pipeline: Uint8Array;
  /** Stages, by the id that bundles name. */
  readonly descriptors: ReadonlyMap<string, Uint8Array>;
  readonly said: readonly Said[];
}

interface Head {
  readonly runner: string;
  readonly worker: string;
  readonly runnerCapabilities: readonly string[];
  readonly pipeline: string;
  readonly descriptors: Readonly<Record<string, string>>;
}

/** A line of JSON for all that holds throughout, then one for each message; compressed. */
export function encodeConversation(c: Conversation): Uint8Array {
  const descriptors = [...c.descriptors].map(([id, bytes]) => [id, base64(bytes)] as const);
  const head: Head = {
    ...{ runner: c.runner, worker: c.worker, runnerCapabilities: c.runnerCapabilities },
    ...{ pipeline: base64(c.pipeline), descriptors: Object.fromEntries(descriptors) },
  };
  const said = c.said.map(({ from, service, bytes }) => [from, service, base64(bytes)]);
  const text = [head, ...said].map((line) => JSON.stringify(line)).join('\n');
  return gzipSync(text, { level: 9 });
}

export function decodeConversation(bytes: Uint8Array): Conversation {
  const [first, ...lines] = gunzipSync(bytes).toString('utf8').split('\n');
  const head = JSON.parse(first!) as Head;
  const descriptors = Object.entries(head.descriptors).map(
    ([id, text]) => [id, Buffer.from(text, 'base64')] as const,
  );
  return {
    ...head,
    pipeline: Buffer.from(head.pipeline, 'base64'),
    descriptors: new Map(descriptors),
    said: lines.map((line) => {
      const [from, service, text] = JSON.parse(line) as [Said['from'], Service, string];
      return { from, service, bytes: Buffer.from(text, 'base64') };
    }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
