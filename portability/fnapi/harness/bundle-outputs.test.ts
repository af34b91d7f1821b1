import { describe, expect, it } from '@jest/globals';
import { bundleId, stageId, transformId } from '../../model/ids.js';
import { TIMESTAMP_MIN } from '../../model/time.js';
import type { Frame } from '../../wire/frames.js';
import type { BundleOutcome, StageDescriptor } from '../connection.js';
import { decodeElementsViews } from '../elements/elements-message.js';
import { StagePorts } from '../elements/stage-ports.js';
import type { RunnerLink } from '../link.js';
import { BundleOutputs } from './bundle-outputs.js';
import type { KnownStage } from './known-stages.js';

const SINKS = ['a', 'b', 'c'].map(transformId);
const KB = 1024;
const frame = (size: number): Frame => ({
  bytes: new Uint8Array(size),
  count: 1,
  minTimestamp: TIMESTAMP_MIN,
});
const outcome = (outputs: BundleOutcome['outputs']): BundleOutcome => ({
  ...{ outputs, residuals: [], timers: [], metrics: [], finalize: false },
});

/** Three sinks; the last one has an endpoint of its own. */
function stage(): KnownStage {
  const maps = { pcollections: new Map(), coders: new Map(), windowingStrategies: new Map() };
  const components = { ...maps, environments: new Map(), transforms: new Map() };
  const descriptor: StageDescriptor = { id: stageId('s'), transforms: [], components };
  const ports = Object.assign(new StagePorts(descriptor), { sinks: SINKS });
  const endpoints = {
    data: new Map(SINKS.map((sink, i) => [sink, i === 2 ? 'there' : 'here'])),
  };
  return { descriptor, ports, endpoints, asksForFinalization: false };
}

function record(takesEmbedded = false) {
  const messages: string[] = [];
  const link: RunnerLink = {
    takesEmbedded,
    toRunner(_service, message, endpoint) {
      const { data } = decodeElementsViews(message);
      const parts = data.map((d) =>
        d.isLast ? `${d.transformId} ends` : `${d.transformId} ${String(d.data.length / KB)} KB`,
      );
      messages.push(`${String(endpoint)}: ${parts.join(', ')}`);
    },
  };
  return { messages, outputs: new BundleOutputs(bundleId('1'), stage(), link, '') };
}

describe('what a bundle emits on its way to the runner', () => {
  it('O2: shares messages of 256 KB, by the endpoint that it goes to', () => {
    const { messages, outputs } = record();
    const [a, b, c] = SINKS;
    for (let i = 0; i < 3; i++) void outputs.send(a!, [frame(64 * KB)]);
    void outputs.send(c!, [frame(64 * KB)]);
    expect(messages).toEqual([]);
    void outputs.send(b!, [frame(64 * KB), frame(64 * KB)]);
    expect(messages).toEqual(['here: a 64 KB, a 64 KB, a 64 KB, b 64 KB']);
    outputs.end(outcome([{ transform: a!, frames: [frame(KB)] }]));
    expect(messages.slice(1)).toEqual([
      'there: c 64 KB, c ends',
      'here: b 64 KB, a 1 KB, a ends, b ends',
    ]);
  });

  it('O1: goes with the response if it is little, and nothing was sent before', () => {
    const few = outcome([{ transform: SINKS[0]!, frames: [frame(KB)] }]);
    const small = record(true);
    expect(small.outputs.end(few)?.data).toHaveLength(4);
    expect(small.messages).toEqual([]);
    const large = record(true);
    void large.outputs.send(SINKS[0]!, [frame(64 * KB)]);
    expect(large.outputs.end(few)).toBeUndefined();
    expect(large.messages).toEqual(['here: a 64 KB, a 1 KB, a ends, b ends', 'there: c ends']);
  });

  it('O2: sends what waits on when it should wait no longer', () => {
    const { messages, outputs } = record();
    void outputs.send(SINKS[0]!, [frame(KB)]);
    void outputs.send(SINKS[2]!, [frame(2 * KB)]);
    void outputs.flush();
    expect(messages).toEqual(['here: a 1 KB', 'there: c 2 KB']);
    void outputs.flush();
    expect(messages).toHaveLength(2);
  });
});
