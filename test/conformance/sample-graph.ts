import { functionSpec } from '../../portability/model/function-spec.js';
import type { Components, Graph, PCollection, Transform } from '../../portability/model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
  type PCollectionId,
  type TransformId,
} from '../../portability/model/ids.js';
import { duration } from '../../portability/model/time.js';
import type { ParDoSpec, TransformSpec } from '../../portability/model/transform-spec.js';
import { DEFAULT_TRIGGER } from '../../portability/model/triggers.js';
import type { WindowingStrategy } from '../../portability/model/windowing.js';
import { writeTransformSpec } from '../../portability/proto/transform-spec.js';
import { CODER_URN, ENVIRONMENT_URN } from '../../portability/urns.js';

export const windowing = (parts: Partial<WindowingStrategy> = {}): WindowingStrategy => ({
  windowFn: { kind: 'global' },
  mergeStatus: 'non-merging',
  windowCoderId: coderId('global'),
  trigger: DEFAULT_TRIGGER,
  accumulation: 'discarding',
  timestampCombiner: 'end-of-window',
  closing: 'if-non-empty',
  onTime: 'always',
  allowedLateness: duration(0),
  assignsToOneWindow: true,
  environmentId: environmentId('js'),
  ...parts,
});

/** A transform named as its id, with inputs `in0`, `in1`, … and outputs `out0`, `out1`, … */
export const transform = (
  id: string,
  spec: TransformSpec,
  inputs: readonly string[],
  outputs: readonly string[],
  more: Partial<Transform> = {},
): [TransformId, Transform] => [
  transformId(id),
  {
    id: transformId(id),
    uniqueName: id,
    spec: writeTransformSpec(spec),
    subtransforms: [],
    inputs: new Map(inputs.map((p, i) => [`in${String(i)}`, pcollectionId(p)])),
    outputs: new Map(outputs.map((p, i) => [`out${String(i)}`, pcollectionId(p)])),
    displayData: [],
    annotations: new Map(),
    ...more,
  },
];

export const parDo: ParDoSpec = {
  kind: 'par-do',
  doFn: functionSpec('strahl:fn:v1', Uint8Array.from([1, 2])),
  sideInputs: new Map(),
  stateSpecs: new Map(),
  timerFamilies: new Map(),
  requestsFinalization: false,
  requiresTimeSortedInput: false,
  requiresStableInput: false,
};

export const pcollection = (id: string): [PCollectionId, PCollection] => [
  pcollectionId(id),
  {
    id: pcollectionId(id),
    uniqueName: id,
    coderId: coderId('bytes'),
    boundedness: 'bounded',
    windowingStrategyId: windowingStrategyId('w'),
    displayData: [functionSpec('beam:display_data:labelled:v1', Uint8Array.from([9]))],
  },
];

/** Impulse → Map in one composite, and one of every other part. */
export function components(parts: Partial<Components> = {}): Components {
  return {
    transforms: new Map([
      transform('Impulse', { kind: 'impulse' }, [], ['p1']),
      transform('Map', parDo, ['p1'], ['p2'], {
        environmentId: environmentId('js'),
        annotations: new Map([['strahl:site', new TextEncoder().encode('a.ts:1:2')]]),
      }),
      transform('Scope', { kind: 'composite' }, [], ['p2'], {
        subtransforms: [transformId('Impulse'), transformId('Map')],
      }),
    ]),
    pcollections: new Map([pcollection('p1'), pcollection('p2')]),
    windowingStrategies: new Map([[windowingStrategyId('w'), windowing()]]),
    coders: new Map([
      [coderId('bytes'), { spec: functionSpec(CODER_URN.BYTES), componentIds: [] }],
      [coderId('global'), { spec: functionSpec(CODER_URN.GLOBAL_WINDOW), componentIds: [] }],
      [
        coderId('list'),
        { spec: functionSpec(CODER_URN.ITERABLE), componentIds: [coderId('bytes')] },
      ],
    ]),
    environments: new Map([
      [
        environmentId('js'),
        {
          urn: ENVIRONMENT_URN.EXTERNAL,
          payload: Uint8Array.from([1]),
          displayData: [],
          capabilities: [CODER_URN.BYTES],
          dependencies: [
            {
              typeUrn: 'beam:artifact:type:file:v1',
              typePayload: Uint8Array.from([2]),
              roleUrn: 'beam:artifact:role:staging_to:v1',
              rolePayload: Uint8Array.from([3]),
            },
          ],
          resourceHints: new Map([['beam:resources:cpu_count:v1', Uint8Array.from([0x34])]]),
        },
      ],
    ]),
    ...parts,
  };
}

export const graph = (parts: Partial<Components> = {}, more: Partial<Graph> = {}): Graph => ({
  components: components(parts),
  rootTransformIds: [transformId('Scope')],
  displayData: [],
  requirements: ['beam:requirement:pardo:stateful:v1'],
  ...more,
});
