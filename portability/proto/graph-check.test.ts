import { describe, expect, it } from '@jest/globals';
import {
  components,
  graph,
  parDo,
  pcollection,
  transform,
  windowing,
} from '../../test/conformance/sample-graph.js';
import { isStrahlError, type StrahlError } from '../errors.js';
import { functionSpec } from '../model/function-spec.js';
import type { CoderSpec, Components, Graph, Transform } from '../model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
  type CoderId,
} from '../model/ids.js';
import { CODER_URN } from '../urns.js';
import { decodeGraph, encodeGraph } from './pipeline-proto.js';

/** A pipeline that points nowhere or at itself must end in one clear refusal, whatever its size. */
function refusal(g: Graph): StrahlError {
  const bytes = encodeGraph(g);
  try {
    decodeGraph(bytes);
  } catch (e) {
    if (isStrahlError(e)) return e;
    throw e;
  }
  throw new Error('the graph was accepted');
}

const flat = (transforms: Components['transforms'], ids = [...transforms.keys()]): Graph =>
  graph({ transforms }, { rootTransformIds: ids });

describe('a pipeline that mentions what does not exist', () => {
  it('lists every dangling id in one error', () => {
    const c = components();
    const [[, p1]] = [...c.pcollections] as [[never, ReturnType<typeof pcollection>[1]]];
    const broken = graph(
      {
        transforms: new Map([
          ...c.transforms,
          transform('Lost', parDo, ['p8'], ['p9'], { environmentId: environmentId('py') }),
          transform('Group', { kind: 'composite' }, [], [], { subtransforms: [transformId('x')] }),
        ]),
        pcollections: new Map([
          ...c.pcollections,
          [
            pcollectionId('p3'),
            {
              ...p1,
              id: pcollectionId('p3'),
              coderId: coderId('no-coder'),
              windowingStrategyId: windowingStrategyId('no-windowing'),
            },
          ],
        ]),
        windowingStrategies: new Map([
          [windowingStrategyId('w'), windowing({ windowCoderId: coderId('no-window-coder') })],
        ]),
        coders: new Map([
          ...c.coders,
          [
            coderId('pair'),
            { spec: functionSpec(CODER_URN.KV), componentIds: [coderId('k'), coderId('v')] },
          ],
        ]),
      },
      { rootTransformIds: [transformId('Scope'), transformId('no-root')] },
    );
    const error = refusal(broken);
    expect(error.code).toBe('STRAHL-1003');
    expect(error.title).toBe('the pipeline contradicts itself in 10 places');
    expect(error.why?.split('\n')).toEqual([
      'the list of roots names transform "no-root", which does not exist',
      'transform "Lost" names PCollection "p8", which does not exist',
      'transform "Lost" names PCollection "p9", which does not exist',
      'transform "Lost" names environment "py", which does not exist',
      'transform "Group" names transform "x", which does not exist',
      'PCollection "p3" names coder "no-coder", which does not exist',
      'PCollection "p3" names windowing strategy "no-windowing", which does not exist',
      'windowing strategy "w" names coder "no-window-coder", which does not exist',
      'coder "pair" names coder "k", which does not exist',
      'coder "pair" names coder "v", which does not exist',
    ]);
  });

  it('lists twenty and counts the rest', () => {
    const roots = Array.from({ length: 50 }, (_, i) => transformId(`r${String(i)}`));
    const { why } = refusal(graph({}, { rootTransformIds: [transformId('Scope'), ...roots] }));
    expect(why?.split('\n')).toHaveLength(21);
    expect(why).toMatch(/and 30 more$/);
  });

  it('looks into the payload of a ParDo', () => {
    const spec = {
      ...parDo,
      restrictionCoderId: coderId('no-restriction-coder'),
      sideInputs: new Map([
        [
          'side',
          {
            accessPattern: functionSpec('a'),
            viewFn: functionSpec('b'),
            windowMappingFn: functionSpec('c'),
          },
        ],
      ]),
    };
    const t = new Map([
      transform('Impulse', { kind: 'impulse' }, [], ['p1']),
      transform('Map', spec, ['p1'], ['p2']),
    ]);
    expect(refusal(flat(t)).why?.split('\n')).toEqual([
      'transform "Map" names coder "no-restriction-coder", which does not exist',
      'transform "Map" has no input "side", which its payload calls a side input',
    ]);
  });

  it('must have a root if it has a transform', () => {
    expect(refusal(graph({}, { rootTransformIds: [] })).title).toBe(
      'the pipeline contradicts itself: no root transform',
    );
  });
});

describe('a pipeline that turns in circles', () => {
  it('is refused when composites contain each other', () => {
    const scope = (id: string, child: string): [ReturnType<typeof transformId>, Transform] =>
      transform(id, { kind: 'composite' }, [], [], { subtransforms: [transformId(child)] });
    const t = new Map([scope('A', 'B'), scope('B', 'C'), scope('C', 'B')]);
    const { why } = refusal(graph({ transforms: t }, { rootTransformIds: [transformId('A')] }));
    expect(why).toContain('cycle: "B" → "C" → "B"');
  });

  it('is refused when a transform is its own part', () => {
    const t = new Map([
      transform('A', { kind: 'composite' }, [], [], { subtransforms: [transformId('A')] }),
    ]);
    const { why } = refusal(graph({ transforms: t }, { rootTransformIds: [transformId('A')] }));
    expect(why).toContain('"A" belongs to both the roots and "A"');
    expect(why).toContain('cycle: "A" → "A"');
  });

  it('is refused when transforms feed each other', () => {
    const t = new Map([
      transform('A', parDo, ['p2'], ['p1']),
      transform('B', parDo, ['p1'], ['p2']),
    ]);
    expect(refusal(flat(t)).title).toMatch(/cycle: ("A" → "B" → "A"|"B" → "A" → "B")$/);
  });

  // A planner that got this far would wait for a view that waits for its own reader.
  it('is refused when a side input comes from its own reader', () => {
    const side = {
      accessPattern: functionSpec('beam:side_input:iterable:v1'),
      viewFn: functionSpec('strahl:fn:v1'),
      windowMappingFn: functionSpec('strahl:fn:v1'),
    };
    const joining = { ...parDo, sideInputs: new Map([['in1', side]]) };
    const own = new Map([
      transform('Start', { kind: 'impulse' }, [], ['p1']),
      transform('Join', joining, ['p1', 'p2'], ['p2']),
    ]);
    expect(refusal(flat(own)).title).toMatch(
      /cycle: "Join" → "Join"; the side input "in1" of "Join" could never be ready$/,
    );
    const pcollections = new Map(['p1', 'p2', 'p3'].map((id) => pcollection(id)));
    const transforms = new Map([
      transform('Start', { kind: 'impulse' }, [], ['p1']),
      transform('Join', joining, ['p1', 'p3'], ['p2']),
      transform('Back', parDo, ['p2'], ['p3']),
    ]);
    const round = graph({ transforms, pcollections }, { rootTransformIds: [...transforms.keys()] });
    expect(refusal(round)).toMatchObject({ code: 'STRAHL-1003' });
    expect(refusal(round).title).toMatch(/the side input "in1" of "Join" could never be ready$/);
    expect(refusal(round).title).toMatch(
      /cycle: ("Join" → "Back" → "Join"|"Back" → "Join" → "Back");/,
    );
  });

  it('is refused when coders contain each other', () => {
    const coder = (part: string) => ({
      spec: functionSpec(CODER_URN.ITERABLE),
      componentIds: [coderId(part)],
    });
    const coders = new Map<CoderId, CoderSpec>([
      ...components().coders,
      [coderId('x'), coder('y')] as const,
      [coderId('y'), coder('x')] as const,
    ]);
    expect(refusal(graph({ coders })).title).toMatch(/cycle: coder "x" → coder "y" → coder "x"$/);
  });

  it('is refused without a stack overflow after 100,000 steps', () => {
    const n = 100_000;
    const id = (i: number): string => `c${String(i % n)}`;
    const coders = new Map<CoderId, CoderSpec>([
      ...components().coders,
      ...Array.from({ length: n }, (_, i) => {
        const componentIds = [coderId(id(i + 1))];
        return [coderId(id(i)), { spec: functionSpec(CODER_URN.ITERABLE), componentIds }] as const;
      }),
    ]);
    const { title } = refusal(graph({ coders }));
    expect(title).toContain('cycle: coder "c0" → coder "c1"');
    expect(title).toContain('99992 more');
    expect(title.length).toBeLessThan(500);
  });
});

describe('a pipeline whose data has no or two sources', () => {
  it('names both producers of one PCollection', () => {
    const t = new Map([
      transform('A', { kind: 'impulse' }, [], ['p1']),
      transform('B', { kind: 'impulse' }, [], ['p1']),
    ]);
    expect(refusal(flat(t)).title).toBe(
      'the pipeline contradicts itself: PCollection "p1" is produced by both "A" and "B"',
    );
  });

  it('names the reader of a PCollection that nothing produces', () => {
    const t = new Map([transform('A', parDo, ['p1'], ['p2'])]);
    expect(refusal(flat(t)).title).toMatch(/"p1" is read by "A" but nothing produces it$/);
  });

  it('names the composite whose output nothing produces', () => {
    const t = new Map([
      transform('S', { kind: 'composite' }, [], ['p2'], { subtransforms: [transformId('A')] }),
      transform('A', { kind: 'impulse' }, [], ['p1']),
    ]);
    const { title } = refusal(graph({ transforms: t }, { rootTransformIds: [transformId('S')] }));
    expect(title).toMatch(/"p2" is an output of "S" but nothing produces it$/);
  });

  it('may have a composite that hands its input on', () => {
    const t = new Map([
      transform('A', { kind: 'impulse' }, [], ['p1']),
      transform('Same', { kind: 'composite' }, ['p1'], ['p1']),
    ]);
    expect(decodeGraph(encodeGraph(flat(t))).components.transforms.size).toBe(2);
  });
});

describe('a pipeline that omits what has no default', () => {
  it('is refused when a collection is neither bounded nor unbounded', () => {
    const [id, p] = pcollection('p3');
    const c = { ...p, boundedness: 'perhaps' as never };
    // An unknown word is written as 1, unbounded; so the omission is made in the bytes.
    const bytes = Buffer.from(encodeGraph(graph({ pcollections: new Map([[id, c]]) })));
    const at = bytes.indexOf(Buffer.from([0x12, 5, ...Buffer.from('bytes'), 0x18, 1])) + 8;
    bytes[at] = 0;
    expect(() => decodeGraph(bytes)).toThrow(
      /"p3" is neither bounded nor unbounded \(is_bounded 0\)/,
    );
  });
});
