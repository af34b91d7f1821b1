import { describe, expect, it } from '@jest/globals';
import { components, graph, transform, windowing } from '../../test/conformance/sample-graph.js';
import { isStrahlError } from '../errors.js';
import { functionSpec } from '../model/function-spec.js';
import type { Graph } from '../model/graph.js';
import { coderId, windowingStrategyId } from '../model/ids.js';
import { duration, TIMESTAMP_MAX } from '../model/time.js';
import type { TriggerSpec } from '../model/triggers.js';
import type { WindowFnSpec, WindowingStrategy } from '../model/windowing.js';
import { TRANSFORM_URN, WINDOW_FN_URN } from '../urns.js';
import { decodePipeline, encodePipeline } from './generated/pipeline.js';
import { decodeGraph, encodeGraph } from './pipeline-proto.js';

/** Field 1000 with an integer, and field 1001 with text: a newer Beam might send them anywhere. */
const FOREIGN = Uint8Array.from([0xc0, 0x3e, 0x07, 0xca, 0x3e, 0x02, 0x68, 0x69]);

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

  it('may be empty', () => {
    const none = components({ transforms: new Map(), pcollections: new Map() });
    const empty = graph(none, { rootTransformIds: [] });
    expect(roundTrip(empty)).toEqual(empty);
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
    { kind: 'after-end-of-window', early: count, late: { kind: 'never' } },
    { kind: 'after-end-of-window', late: { kind: 'repeat', subtrigger: { kind: 'default' } } },
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

  it.each<TriggerSpec>([
    count,
    { kind: 'never' },
    { kind: 'after-processing-time', transforms: [{ kind: 'delay', delay: duration(5) }] },
    { kind: 'after-synchronized-processing-time' },
    { kind: 'after-any', subtriggers: [count, { kind: 'repeat', subtrigger: count }] },
    { kind: 'after-all', subtriggers: [count, count] },
    { kind: 'after-end-of-window' },
  ])('sends %j for its repetition before and behind the end of a window (TRG-1)', (once) => {
    const repeated: TriggerSpec = { kind: 'repeat', subtrigger: once };
    const sent = (early: TriggerSpec, late: TriggerSpec): Uint8Array => {
      const trigger: TriggerSpec = { kind: 'after-end-of-window', early, late };
      const strategies = new Map([[windowingStrategyId('w'), windowing({ trigger })]]);
      return encodeGraph(graph({ windowingStrategies: strategies }));
    };
    const bytes = sent(once, once);
    expect(sent(repeated, repeated)).toEqual(bytes);
    expect(encodeGraph(decodeGraph(bytes))).toEqual(bytes);
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

describe('bytes that are not a pipeline', () => {
  const caught = (bytes: Uint8Array): unknown => {
    try {
      return decodeGraph(bytes);
    } catch (e) {
      return e;
    }
  };

  it.each([
    ['nothing', []],
    ['text', [...Buffer.from('hello, world')]],
    ['a length beyond the end', [0x0a, 0x7f, 0x0a]],
    ['a truncated tag', [0x80]],
    ['an endless varint', new Array<number>(40).fill(0xff)],
    ['a string that is not UTF-8', [0x12, 0x02, 0xc3, 0x28]],
    ['field number 0', [0x02, 0x00]],
    ['a group without end', [0xc3, 0x3e, 0x08]],
  ])('are refused with the byte: %s', (_, bytes) => {
    const error = caught(Uint8Array.from(bytes));
    expect(isStrahlError(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'STRAHL-5002',
      title: expect.stringMatching(/^pipeline proto cannot be decoded at byte \d+$/),
    });
  });

  it('are refused beyond 100 nested messages', () => {
    // Pipeline.components.windowing_strategies[""].trigger.repeat.subtrigger.repeat…
    let bytes = Buffer.alloc(0);
    const nest = (tag: number): void => {
      const size = bytes.length;
      const length = size < 128 ? [size] : [(size & 0x7f) | 0x80, size >> 7];
      bytes = Buffer.concat([Buffer.from([tag, ...length]), bytes]);
    };
    for (let i = 0; i < 60; i++) [0x0a, 0x5a].forEach(nest);
    [0x22, 0x12, 0x1a, 0x0a].forEach(nest);
    expect(caught(bytes)).toMatchObject({
      code: 'STRAHL-5004',
      title: expect.stringMatching(/nested deeper than 100 levels at byte \d+/),
    });
  });
});
