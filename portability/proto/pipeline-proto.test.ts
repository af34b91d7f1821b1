import { describe, expect, it } from '@jest/globals';
import { functionSpec } from '../model/function-spec.js';
import type { Components, Graph, Transform } from '../model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
} from '../model/ids.js';
import { duration, TIMESTAMP_MAX } from '../model/time.js';
import type { TransformSpec } from '../model/transform-spec.js';
import { DEFAULT_TRIGGER, type TriggerSpec } from '../model/triggers.js';
import type { WindowFnSpec, WindowingStrategy } from '../model/windowing.js';
import { CODER_URN, ENVIRONMENT_URN, TRANSFORM_URN, WINDOW_FN_URN } from '../urns.js';
import { decodePipeline, encodePipeline } from './generated/pipeline.js';
import { decodeGraph, encodeGraph } from './pipeline-proto.js';
import { writeTransformSpec } from './transform-spec.js';

/** Field 1000 with an integer, and field 1001 with text: a newer Beam might send them anywhere. */
const FOREIGN = Uint8Array.from([0xc0, 0x3e, 0x07, 0xca, 0x3e, 0x02, 0x68, 0x69]);

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

const transform = (
  id: string,
  spec: TransformSpec,
  inputs: readonly string[],
  outputs: readonly string[],
  more: Partial<Transform> = {},
): [ReturnType<typeof transformId>, Transform] => [
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

const parDo: TransformSpec = {
  kind: 'par-do',
  doFn: functionSpec('strahl:fn:v1', Uint8Array.from([1, 2])),
  sideInputs: new Map(),
  stateSpecs: new Map(),
  timerFamilies: new Map(),
  requestsFinalization: false,
  requiresTimeSortedInput: false,
  requiresStableInput: false,
};

function components(parts: Partial<Components> = {}): Components {
  const pcollection = (id: string) =>
    [
      pcollectionId(id),
      {
        id: pcollectionId(id),
        uniqueName: id,
        coderId: coderId('bytes'),
        boundedness: 'bounded',
        windowingStrategyId: windowingStrategyId('w'),
        displayData: [functionSpec('beam:display_data:labelled:v1', Uint8Array.from([9]))],
      },
    ] as const;
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

const graph = (parts: Partial<Components> = {}, more: Partial<Graph> = {}): Graph => ({
  components: components(parts),
  rootTransformIds: [transformId('Scope')],
  displayData: [],
  requirements: ['beam:requirement:pardo:stateful:v1'],
  ...more,
});

const roundTrip = (g: Graph): Graph => decodeGraph(encodeGraph(g));

describe('a graph and its Pipeline message', () => {
  it('is the same graph after encoding and decoding', () => {
    expect(roundTrip(graph())).toEqual(graph());
  });

  it('has the same bytes every time, also after decoding', () => {
    const bytes = encodeGraph(graph());
    expect(encodeGraph(graph())).toEqual(bytes);
    expect(encodeGraph(decodeGraph(bytes))).toEqual(bytes);
  });

  it('shares no memory with the bytes it came from', () => {
    const bytes = encodeGraph(graph());
    const decoded = decodeGraph(bytes);
    bytes.fill(0xff);
    expect(decoded).toEqual(graph());
  });

  it('is frozen once decoded', () => {
    const { components: c, ...g } = roundTrip(graph());
    const parts = [g, c, ...c.transforms.values(), ...c.pcollections.values()];
    const rest = [...c.coders.values(), ...c.environments.values()];
    const windowings = [...c.windowingStrategies.values()];
    expect([...parts.slice(1), ...rest, ...windowings].every((p) => Object.isFrozen(p))).toBe(true);
  });

  it('is empty when the message is', () => {
    const empty = decodeGraph(new Uint8Array(0));
    expect(empty.rootTransformIds).toEqual([]);
    expect(empty.components.transforms.size).toBe(0);
  });

  it.each<WindowFnSpec>([
    { kind: 'global' },
    { kind: 'fixed', size: duration(60_000), offset: duration(0) },
    { kind: 'fixed', size: duration(1), offset: duration(-1_500) },
    { kind: 'sliding', size: duration(3_600_001), period: duration(250), offset: duration(7) },
    { kind: 'sessions', gap: duration(1_800_000) },
    { kind: 'custom', spec: functionSpec('my:windows:v1', Uint8Array.from([5])) },
  ])('keeps the window function %j', (windowFn) => {
    const strategies = new Map([[windowingStrategyId('w'), windowing({ windowFn })]]);
    const decoded = roundTrip(graph({ windowingStrategies: strategies }));
    expect(decoded.components.windowingStrategies).toEqual(strategies);
  });

  const count: TriggerSpec = { kind: 'element-count', count: 3 };
  it.each<TriggerSpec>([
    { kind: 'default' },
    { kind: 'never' },
    { kind: 'always' },
    count,
    { kind: 'after-end-of-window' },
    { kind: 'after-end-of-window', early: count, late: { kind: 'repeat', subtrigger: count } },
    {
      kind: 'after-processing-time',
      transforms: [
        { kind: 'delay', delay: duration(10_000) },
        { kind: 'align-to', period: duration(60_000), offset: duration(5) },
      ],
    },
    { kind: 'after-synchronized-processing-time' },
    { kind: 'after-all', subtriggers: [count, { kind: 'never' }] },
    { kind: 'after-any', subtriggers: [count, { kind: 'default' }] },
    { kind: 'after-each', subtriggers: [count, count] },
    { kind: 'or-finally', main: { kind: 'always' }, finally: count },
  ])('keeps the trigger %j', (trigger) => {
    const strategies = new Map([[windowingStrategyId('w'), windowing({ trigger })]]);
    const decoded = roundTrip(graph({ windowingStrategies: strategies }));
    expect(decoded.components.windowingStrategies).toEqual(strategies);
  });

  it('keeps an unlimited lateness exactly', () => {
    const allowedLateness = duration(TIMESTAMP_MAX);
    const strategies = new Map([[windowingStrategyId('w'), windowing({ allowedLateness })]]);
    const bytes = encodeGraph(graph({ windowingStrategies: strategies }));
    const message = decodePipeline(bytes).components!.windowingStrategies.get('w')!;
    expect(message.allowedLateness).toBe(9223372036854775n);
    expect(decodeGraph(bytes).components.windowingStrategies).toEqual(strategies);
  });
});

describe('a pipeline of a newer Beam', () => {
  /** The message of `graph()` with unknown fields in every message that it has. */
  function foreign(): Uint8Array {
    const withUnknown = (value: unknown): unknown => {
      if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(withUnknown);
      if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, withUnknown(v)]));
      const entries = Object.entries(value).map(([name, part]) => [name, withUnknown(part)]);
      return {
        ...Object.fromEntries(entries),
        ...('case' in value ? {} : { unknownFields: FOREIGN }),
      };
    };
    const trigger: TriggerSpec = {
      kind: 'repeat',
      subtrigger: { kind: 'after-any', subtriggers: [{ kind: 'element-count', count: 2 }] },
    };
    const strategies = new Map([[windowingStrategyId('w'), windowing({ trigger })]]);
    return encodePipeline(
      withUnknown(decodePipeline(encodeGraph(graph({ windowingStrategies: strategies })))) as never,
    );
  }

  it('comes back byte for byte, with unknown fields in every message', () => {
    const bytes = foreign();
    expect(Buffer.from(encodeGraph(decodeGraph(bytes))).toString('hex')).toBe(
      Buffer.from(bytes).toString('hex'),
    );
  });

  it('keeps unknown fields of a windowing strategy that a planner has changed', () => {
    const { components: c } = decodeGraph(foreign());
    const [[id, strategy]] = [...c.windowingStrategies] as never as [
      [ReturnType<typeof windowingStrategyId>, WindowingStrategy],
    ];
    const merged: WindowingStrategy = { ...strategy, mergeStatus: 'already-merged' };
    const bytes = encodeGraph(graph({ windowingStrategies: new Map([[id, merged]]) }));
    const message = decodePipeline(bytes).components!.windowingStrategies.get('w')!;
    expect(message.mergeStatus).toBe(3);
    expect(message.unknownFields).toEqual(FOREIGN);
    expect(message.trigger?.unknownFields).toEqual(FOREIGN);
    expect(message.windowFn?.unknownFields).toEqual(FOREIGN);
  });

  it('keeps a trigger that it does not know as bytes', () => {
    const message = decodePipeline(encodeGraph(graph()));
    const strategy = message.components!.windowingStrategies.get('w')!;
    const windowingStrategies = new Map([
      ['w', { ...strategy, trigger: { unknownFields: FOREIGN } }],
    ]);
    const bytes = encodePipeline({
      ...message,
      components: { ...message.components, windowingStrategies },
    });
    const decoded = decodeGraph(bytes);
    const [{ trigger }] = [...decoded.components.windowingStrategies.values()] as [
      WindowingStrategy,
    ];
    expect(trigger).toEqual({ kind: 'unknown', proto: FOREIGN });
    expect(encodeGraph(decoded)).toEqual(bytes);
  });

  it('keeps transforms, coders and environments of unknown URNs', () => {
    const unknown = { kind: 'unknown', spec: functionSpec('x:y:v9', FOREIGN) } as const;
    const g = graph({
      transforms: new Map([transform('Scope', unknown, [], ['p1', 'p2'])]),
      coders: new Map([
        ...components().coders,
        [coderId('x'), { spec: functionSpec('x:coder', FOREIGN), componentIds: [] }],
      ]),
    });
    expect(roundTrip(g)).toEqual(g);
  });
});

describe('names on the wire', () => {
  it('are those of Beam', () => {
    const text = Buffer.from(encodeGraph(graph())).toString('latin1');
    expect(text).toContain(TRANSFORM_URN.IMPULSE);
    expect(text).toContain(TRANSFORM_URN.PAR_DO);
    expect(text).toContain(WINDOW_FN_URN.GLOBAL_WINDOWS);
  });
});
