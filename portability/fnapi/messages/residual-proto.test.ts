import { expect, it } from '@jest/globals';
import { TIMESTAMP_MIN } from '../../model/time.js';
import {
  decodeDelayedBundleApplication,
  encodeDelayedBundleApplication,
} from '../../proto/generated/fn-api.js';
import { timestampProto } from '../../proto/proto-time.js';
import type { StagePorts } from '../elements/stage-ports.js';
import { residualFromProto } from './residual-proto.js';

// A residual that is believed to hold more than it does lets its own outputs be late.

const ports = {
  inputOf: () => ({ frame: (bytes: Uint8Array) => ({ bytes }) }),
} as unknown as StagePorts;
const readBack = (outputWatermarks: ReadonlyMap<string, ReturnType<typeof timestampProto>>) =>
  residualFromProto(
    decodeDelayedBundleApplication(
      encodeDelayedBundleApplication({
        application: { transformId: 't', inputId: 'in', outputWatermarks },
      }),
    ),
    ports,
  );

it('SDF-4: a residual without an output watermark holds the least time, one without a delay waits for none', () => {
  expect(readBack(new Map())).toMatchObject({ watermark: TIMESTAMP_MIN, resumeAfter: 0 });
});

it('SDF-4: one of several outputs holds the least of their watermarks', () => {
  const times = new Map([
    ['a', timestampProto(7 as never)],
    ['b', timestampProto(5 as never)],
  ]);
  expect(readBack(times)).toMatchObject({ watermark: 5 });
});
