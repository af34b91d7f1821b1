import { describe, expect, it } from '@jest/globals';
import { functionSpec } from '#portability/model/function-spec.js';
import type { ErrorCode } from '#portability/errors.js';
import { duration } from '#portability/model/time.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import { planGraph } from './plan-graph.js';
import { refusalOf } from './refusal.fixture.js';

// A bug here would show as a pipeline that runs and gives a wrong answer, because something it asked for
// was quietly left out.

const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);

const NEWER = { kind: 'unknown', proto: new Uint8Array() } as const;

function refusal(sketch: GraphSketch): { code: ErrorCode; text: string } {
  return refusalOf(() => planGraph(sketch.graph(), { capabilities }));
}

/** One step that asks for something. */
function asking(change: (g: GraphSketch) => Partial<ParDoSpec>): GraphSketch {
  const g = new GraphSketch();
  g.parDo('Step', g.source('Source', { coder: g.kv() }), { spec: change(g) });
  return g;
}

function grouping(windowing: Partial<WindowingStrategy>): GraphSketch {
  const g = new GraphSketch();
  g.groupByKey('Step', g.source('Source', { coder: g.kv(), windowing }));
  return g;
}

function leaf(urn: string): GraphSketch {
  const g = new GraphSketch();
  g.step('Step', { kind: 'unknown', spec: functionSpec(urn) }, { in: g.source('Source') });
  return g;
}

function remoteTestStream(): GraphSketch {
  const g = new GraphSketch();
  const endpoint = 'localhost:1';
  g.step('Step', { kind: 'test-stream', coderId: g.varint, events: [], endpoint }, {});
  return g;
}

const custom = { kind: 'custom', spec: functionSpec('strahl:window_fn:module_ref:v1') } as const;

describe('what the direct runner refuses', () => {
  it.each<[what: string, GraphSketch, ErrorCode, RegExp]>([
    [
      'a trigger of a newer Beam',
      grouping({ trigger: { kind: 'repeat', subtrigger: NEWER } }),
      'STRAHL-2001',
      /does not support the trigger unknown/,
    ],
    [
      'retracting panes',
      grouping({ accumulation: 'retracting' }),
      'STRAHL-2001',
      /does not support retracting panes/,
    ],
    [
      'a test stream that a service feeds',
      remoteTestStream(),
      'STRAHL-2001',
      /does not support test streams that a service feeds/,
    ],
    [
      'an unknown transform',
      leaf('beam:transform:nonsense:v1'),
      'STRAHL-2002',
      /unsupported URN beam:transform:nonsense:v1 in transform "Step"[^]*supported: .*pardo/,
    ],
  ])('includes %s', (_, sketch, code, text) => {
    const refused = refusal(sketch);
    expect(refused.code).toBe(code);
    expect(refused.text).toMatch(text);
    expect(refused.text).toMatch(/Step\.ts:1:1/);
    expect(refused.text).toMatch(/no runner of this version supports it/);
  });

  it('includes requirements, known and unknown alike', () => {
    const g = asking(() => ({}));
    g.requirements.push('beam:requirement:pardo:stateful:v1', 'beam:requirement:pardo:later:v9');
    g.requirements.push('beam:requirement:pardo:never:v1');
    const refused = refusal(g);
    expect(refused.code).toBe('STRAHL-2003');
    expect(refused.text).toMatch(/later:v9[^]*never:v1/);
  });

  it('includes environments that it cannot run', () => {
    const g = asking(() => ({}));
    const environmentId = g.environment('docker', 'beam:env:docker:v1');
    g.alter('Step', (transform) => ({ ...transform, environmentId }));
    const refused = refusal(g);
    expect(refused.code).toBe('STRAHL-2004');
    expect(refused.text).toMatch(/does not support the environment beam:env:docker:v1/);
  });

  it('includes every coder whose values it cannot walk over', () => {
    const g = new GraphSketch();
    g.source('One', { coder: g.coder('someone:coder:pickle:v1') });
    g.source('Two', { coder: g.kv(g.string, g.coder('someone:coder:avro:v1')) });
    const refused = refusal(g);
    expect(refused.code).toBe('STRAHL-2002');
    expect(refused.text).toMatch(/pickle:v1 [^]*"One"[^]*avro:v1 [^]*"Two"/);
  });

  it('includes side inputs that are read in a way nobody knows', () => {
    const g = new GraphSketch();
    const side = g.source('Side');
    const spec = {
      accessPattern: functionSpec('beam:side_input:newer:v1'),
      viewFn: functionSpec('v'),
      windowMappingFn: functionSpec('m'),
    };
    const sideInputs = new Map([['s', spec]]);
    g.parDo('Step', g.source('Source'), { sides: { s: side }, spec: { sideInputs } });
    expect(refusal(g).text).toMatch(/access pattern beam:side_input:newer:v1 of side input "s"/);
  });
});

/** A runner that keeps nothing by key. */
const stateless = {
  ...capabilities,
  userState: false,
  timers: false,
  timeSortedInput: false,
  stableInput: false,
  customSideWindows: false,
};

function refusalOfStateless(sketch: GraphSketch): ReturnType<typeof refusal> {
  return refusalOf(() => planGraph(sketch.graph(), { capabilities: stateless }));
}

describe('what a runner without state refuses', () => {
  it.each<[what: string, GraphSketch, RegExp]>([
    [
      'user state',
      asking((g) => ({ stateSpecs: new Map([['s', { kind: 'value', coderId: g.bytes }]]) })),
      /does not support user state/,
    ],
    [
      'timers',
      asking((g) => ({
        timerFamilies: new Map([['t', { domain: 'event-time', coderId: g.bytes }]]),
      })),
      /does not support timers/,
    ],
    [
      'a callback on window expiration',
      asking(() => ({ onWindowExpirationTimerFamily: 't' })),
      /does not support timers/,
    ],
    [
      'time-sorted input',
      asking(() => ({ requiresTimeSortedInput: true })),
      /does not support time-sorted input/,
    ],
    [
      'stable input',
      asking(() => ({ requiresStableInput: true })),
      /does not support stable input/,
    ],
  ])('includes %s', (_, sketch, text) => {
    const refused = refusalOfStateless(sketch);
    expect(refused.code).toBe('STRAHL-2001');
    expect(refused.text).toMatch(text);
    expect(refused.text).toMatch(/Step\.ts:1:1/);
  });
});

describe('a side input in windows of the user', () => {
  it('is refused by a runner that cannot ask user code for its windows', () => {
    const g = new GraphSketch();
    const side = g.source('Side', { windowing: { windowFn: custom } });
    const fixed = { kind: 'fixed', size: duration(1000), offset: duration(0) } as const;
    const main = g.source('Source', { windowing: { windowFn: fixed } });
    g.parDo('Step', main, { sides: { s: side } });
    expect(refusalOfStateless(g).text).toMatch(
      /does not support the window function of side input "s"/,
    );
  });
});

describe('a refusal', () => {
  it('lists everything that is missing, with step and line', () => {
    const g = grouping({ accumulation: 'retracting', trigger: NEWER });
    g.parDo('Later', g.source('Other'), { spec: { requiresStableInput: true } });
    expect(refusalOfStateless(g).text).toBe(
      [
        'STRAHL-2001  the direct runner cannot run this pipeline: 3 problems',
        '  why      STRAHL-2001  the direct runner does not support the trigger unknown (step "Step", built at Step.ts:1:1)',
        '           STRAHL-2001  the direct runner does not support retracting panes (step "Step", built at Step.ts:1:1)',
        '           STRAHL-2001  the direct runner does not support stable input (step "Later", built at Later.ts:1:1)',
        '  fix      remove it: no runner of this version supports it',
        '  docs     docs/errors.md#strahl-2001',
      ].join('\n'),
    );
  });

  it('names the runners that can', () => {
    const others = [{ ...stateless, runner: 'kafka', stableInput: true }];
    const g = asking(() => ({ requiresStableInput: true }));
    const { text } = refusalOf(() => planGraph(g.graph(), { capabilities: stateless, others }));
    expect(text).toMatch(/run it with --runner kafka/);
  });

  it('does not concern a strategy under which nothing is grouped', () => {
    const g = new GraphSketch();
    g.source('Source', { windowing: { trigger: { kind: 'never' } } });
    expect(() => planGraph(g.graph(), { capabilities })).not.toThrow();
  });
});
