import { functionSpec } from '#portability/model/function-spec.js';
import type { Graph, Transform } from '#portability/model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
} from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import { encodeExternalPayload } from '#portability/proto/generated/pipeline.js';
import { encodeGraph } from '#portability/proto/pipeline-proto.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import { CODER_URN, ENVIRONMENT_URN } from '#portability/urns.js';

/** An impulse, a step with one output in the environment of `pool`, and a step that reads it behind a reshuffle. */
export function tinyPipeline(pool: string): Uint8Array {
  const [bytes, window] = [coderId('bytes'), coderId('window')];
  const environment = environmentId('env');
  const windowing = windowingStrategyId('global');
  const doFn = functionSpec('test:fn');
  const parDo = writeTransformSpec({
    ...{ kind: 'par-do', doFn },
    ...{ sideInputs: new Map(), stateSpecs: new Map(), timerFamilies: new Map() },
    ...{ requestsFinalization: false, requiresTimeSortedInput: false, requiresStableInput: false },
  });
  const step = (
    id: string,
    spec: Transform['spec'],
    input?: string,
    output?: string,
  ): Transform => ({
    id: transformId(id),
    uniqueName: id,
    spec,
    subtransforms: [],
    inputs: new Map(input === undefined ? [] : [['in', pcollectionId(input)]]),
    outputs: new Map(output === undefined ? [] : [['out', pcollectionId(output)]]),
    ...(spec === parDo ? { environmentId: environment } : {}),
    displayData: [],
    annotations: new Map(),
  });
  const transforms = [
    step('Impulse', writeTransformSpec({ kind: 'impulse' }), undefined, 'a'),
    step('Map', parDo, 'a', 'b'),
    step('Shuffle', writeTransformSpec({ kind: 'reshuffle' }), 'b', 'c'),
    step('Read', parDo, 'c'),
  ];
  const collection = (id: string) => ({
    id: pcollectionId(id),
    uniqueName: id,
    coderId: bytes,
    boundedness: 'bounded' as const,
    windowingStrategyId: windowing,
    displayData: [],
  });
  const graph: Graph = {
    components: {
      transforms: new Map(transforms.map((t) => [t.id, t])),
      pcollections: new Map(['a', 'b', 'c'].map((id) => [pcollectionId(id), collection(id)])),
      windowingStrategies: new Map([
        [
          windowing,
          {
            ...{ windowFn: { kind: 'global' }, mergeStatus: 'non-merging', windowCoderId: window },
            ...{ trigger: { kind: 'default' }, accumulation: 'discarding' },
            ...{ timestampCombiner: 'end-of-window', closing: 'if-non-empty', onTime: 'always' },
            ...{ allowedLateness: duration(0), assignsToOneWindow: true },
          } as const,
        ],
      ]),
      coders: new Map([
        [bytes, { spec: functionSpec(CODER_URN.BYTES), componentIds: [] }],
        [window, { spec: functionSpec(CODER_URN.GLOBAL_WINDOW), componentIds: [] }],
      ]),
      environments: new Map([
        [
          environment,
          {
            urn: ENVIRONMENT_URN.EXTERNAL,
            payload: encodeExternalPayload({ endpoint: { url: pool } }),
            ...{ displayData: [], capabilities: [], dependencies: [], resourceHints: new Map() },
          },
        ],
      ]),
    },
    rootTransformIds: transforms.map(({ id }) => id),
    displayData: [],
    requirements: [],
  };
  return encodeGraph(graph);
}
