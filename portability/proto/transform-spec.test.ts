import { describe, expect, it } from '@jest/globals';
import { parDo } from '../../test/conformance/sample-graph.js';
import { functionSpec, type FunctionSpec } from '../model/function-spec.js';
import type { Transform } from '../model/graph.js';
import { coderId, transformId } from '../model/ids.js';
import { duration } from '../model/time.js';
import type { TransformSpec } from '../model/transform-spec.js';
import { TRANSFORM_URN, WINDOW_FN_URN } from '../urns.js';
import { encodeParDoPayload } from './generated/pipeline.js';
import { encodeFixedWindowsPayload } from './generated/windows.js';
import { readTransformSpec, writeTransformSpec } from './transform-spec.js';
import { readWindowFn, writeWindowFn } from './window-fn.js';

const holding = (spec: FunctionSpec | undefined): Transform => ({
  id: transformId('t'),
  uniqueName: 'Read/Parse',
  spec,
  subtransforms: [],
  inputs: new Map(),
  outputs: new Map(),
  displayData: [],
  annotations: new Map([['strahl:site', new TextEncoder().encode('src/a.ts:4:2')]]),
});

const combine = { combineFn: functionSpec('sum'), accumulatorCoderId: coderId('acc') };
const fullParDo: TransformSpec = {
  ...parDo,
  sideInputs: new Map([
    [
      'side',
      {
        accessPattern: functionSpec('beam:side_input:iterable:v1'),
        viewFn: functionSpec('view', Uint8Array.from([1])),
        windowMappingFn: functionSpec('map'),
      },
    ],
  ]),
  stateSpecs: new Map([
    ['value', { kind: 'value', coderId: coderId('c') }],
    ['bag', { kind: 'bag', coderId: coderId('c') }],
    ['set', { kind: 'set', coderId: coderId('c') }],
    ['list', { kind: 'ordered-list', coderId: coderId('c') }],
    ['sum', { kind: 'combining', coderId: coderId('c'), combineFn: functionSpec('sum') }],
    ['map', { kind: 'map', keyCoderId: coderId('k'), valueCoderId: coderId('v') }],
    ['multi', { kind: 'multimap', keyCoderId: coderId('k'), valueCoderId: coderId('v') }],
  ]),
  timerFamilies: new Map([
    ['event', { domain: 'event-time', coderId: coderId('t') }],
    ['processing', { domain: 'processing-time', coderId: coderId('t') }],
  ]),
  restrictionCoderId: coderId('r'),
  requestsFinalization: true,
  requiresTimeSortedInput: true,
  requiresStableInput: true,
  onWindowExpirationTimerFamily: 'event',
};

const ALL: readonly TransformSpec[] = [
  { kind: 'composite' },
  { kind: 'impulse' },
  { kind: 'group-by-key' },
  { kind: 'flatten' },
  { kind: 'reshuffle' },
  parDo,
  fullParDo,
  { kind: 'sdf-pair-with-restriction', parDo },
  { kind: 'sdf-split-and-size', parDo },
  { kind: 'sdf-process-sized', parDo },
  { kind: 'sdf-truncate', parDo },
  { kind: 'window-into', windowFn: { kind: 'sessions', gap: duration(5) } },
  { kind: 'read', source: functionSpec('src', Uint8Array.from([7])), boundedness: 'unbounded' },
  { kind: 'redistribute', byKey: true, allowDuplicates: false },
  { kind: 'redistribute', byKey: false, allowDuplicates: true },
  { kind: 'combine-per-key', ...combine },
  { kind: 'combine-globally', ...combine },
  { kind: 'combine-precombine', ...combine },
  { kind: 'combine-merge-accumulators', ...combine },
  { kind: 'combine-extract-outputs', ...combine },
  { kind: 'combine-convert-to-accumulators', ...combine },
  { kind: 'combine-grouped-values', ...combine },
  { kind: 'map-windows', windowFn: functionSpec('w') },
  { kind: 'merge-windows', windowFn: functionSpec('w', Uint8Array.from([1])) },
  { kind: 'runner-source', coderId: coderId('c') },
  { kind: 'runner-sink', coderId: coderId('c') },
  { kind: 'unknown', spec: functionSpec('beam:transform:write_files:v1') },
];

describe('the typed view of a transform', () => {
  it.each(ALL)('is the same after writing and reading: $kind', (spec) => {
    expect(readTransformSpec(holding(writeTransformSpec(spec)))).toEqual(spec);
  });

  it('is made once per transform', () => {
    const transform = holding(writeTransformSpec(parDo));
    expect(readTransformSpec(transform)).toBe(readTransformSpec(transform));
  });

  it('writes the payload it was read from, with fields it does not know', () => {
    const payload = encodeParDoPayload({
      doFn: functionSpec('f'),
      unknownFields: Uint8Array.from([0xc0, 0x3e, 0x07]),
    });
    const spec = readTransformSpec(holding(functionSpec(TRANSFORM_URN.PAR_DO, payload)));
    expect(writeTransformSpec(spec)?.payload).toEqual(payload);
  });

  it.each([
    [TRANSFORM_URN.PAR_DO, [], 'do_fn is missing'],
    [TRANSFORM_URN.PAR_DO, [0xff], 'ParDoPayload proto cannot be decoded at byte'],
    [TRANSFORM_URN.COMBINE_PER_KEY, [], 'combine_fn is missing'],
    [TRANSFORM_URN.ASSIGN_WINDOWS, [], 'window_fn is missing'],
    [TRANSFORM_URN.READ, [], 'the source is neither bounded nor unbounded'],
    [TRANSFORM_URN.DATA_SOURCE, [0x12, 0x05, 0x61], 'RemoteGrpcPort proto cannot be decoded'],
  ])('names URN, step and problem of a bad payload: %s %j', (urn, payload, why) => {
    expect(() => readTransformSpec(holding(functionSpec(urn, Uint8Array.from(payload))))).toThrow(
      expect.objectContaining({
        code: 'STRAHL-2002',
        title: `the payload of ${urn} cannot be understood`,
        step: 'Read/Parse',
        site: 'src/a.ts:4:2',
        why: expect.stringContaining(why),
      }),
    );
  });
});

describe('the typed view of a window function', () => {
  it('writes an offset of zero as it was spelled', () => {
    const payload = encodeFixedWindowsPayload({ size: { seconds: 60 }, offset: {} });
    const spec = functionSpec(WINDOW_FN_URN.FIXED_WINDOWS, payload);
    const windowFn = readWindowFn(spec);
    expect(windowFn).toEqual({ kind: 'fixed', size: 60_000, offset: 0 });
    expect(writeWindowFn(windowFn)).toEqual(spec);
  });

  it.each([
    ['no size', {}],
    ['a size of 0', { size: {} }],
    ['a negative size', { size: { seconds: -1 } }],
    ['a size finer than a millisecond', { size: { nanos: 1 } }],
    ['a size beyond the safe range', { size: { seconds: 9_007_199_254_740_991 } }],
  ])('refuses fixed windows with %s', (_, payload) => {
    const spec = functionSpec(WINDOW_FN_URN.FIXED_WINDOWS, encodeFixedWindowsPayload(payload));
    expect(() => readWindowFn(spec)).toThrow(
      expect.objectContaining({
        code: 'STRAHL-2002',
        why: 'size is not a positive whole number of milliseconds',
      }),
    );
  });
});
