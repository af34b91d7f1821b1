import { describe, expect, it } from '@jest/globals';
import type { Drawing, DrawnNode } from './drawing.js';
import { DRAW } from './formats.js';

const node = (id: string, name: string, site?: string): DrawnNode => ({
  ...{ id, name, kind: 'pardo', details: {} },
  ...(site === undefined ? {} : { site }),
});

const drawing: Drawing = {
  name: 'visits',
  nodes: [node('t0', 'read/lines', 'a.ts:1:2'), node('t1', 'read/parse'), node('t2', 'say "hi"')],
  edges: [
    { from: 't0', to: 't1', name: 'lines', role: 'main', bounded: true },
    { from: 't0', to: 't2', name: 'lines', role: 'side', bounded: true },
    { from: 't1', to: 't2', name: 'parsed', role: 'main', bounded: false },
  ],
};

it('draws a graph as aligned text', () => {
  expect(DRAW.text(drawing)).toBe(
    [
      'visits  (3 steps)',
      `read/lines  pardo  ${' '.repeat(43)}  a.ts:1:2`,
      'read/parse  pardo  ← read/lines',
      'say "hi"    pardo  ← read/lines (side), read/parse (unbounded)',
      '',
    ].join('\n'),
  );
});

it('draws scopes as boxes in mermaid, side inputs dotted', () => {
  expect(DRAW.mermaid(drawing)).toBe(
    [
      'flowchart TD',
      '  subgraph s0 ["read"]',
      '    t0["lines<br/>pardo"]',
      '    t1["parse<br/>pardo"]',
      '  end',
      '  t2["say #quot;hi#quot;<br/>pardo"]',
      '  t0 --> t1',
      '  t0 -.-> t2',
      '  t1 --> t2',
      '',
    ].join('\n'),
  );
});

it('draws scopes as clusters in dot', () => {
  expect(DRAW.dot(drawing)).toBe(
    [
      'digraph "visits" {',
      '  rankdir=TB;',
      '  node [shape=box];',
      '  subgraph cluster_s0 {',
      '    label="read";',
      '    t0 [label="lines\\npardo"];',
      '    t1 [label="parse\\npardo"];',
      '  }',
      '  t2 [label="say \\"hi\\"\\npardo"];',
      '  t0 -> t1;',
      '  t0 -> t2 [style=dashed];',
      '  t1 -> t2;',
      '}',
      '',
    ].join('\n'),
  );
});

it('writes one JSON object per graph', () => {
  expect(JSON.parse(DRAW.json(drawing))).toMatchObject({ type: 'graph', name: 'visits' });
});

describe('coders on edges', () => {
  const edge = { from: 't0', to: 't1', name: 'lines', bounded: true, coder: 'kv<string, varint>' };
  const withCoders: Drawing = {
    ...drawing,
    edges: [
      { ...edge, role: 'main' },
      { ...edge, role: 'side' },
    ],
  };

  it.each([
    [
      'text',
      'read/parse  pardo  ← read/lines as kv<string, varint>, read/lines as kv<string, varint> (side)',
    ],
    [
      'mermaid',
      '  t0 -->|"kv#lt;string, varint#gt;"| t1\n  t0 -.->|"kv#lt;string, varint#gt;"| t1',
    ],
    [
      'dot',
      '  t0 -> t1 [label="kv<string, varint>"];\n  t0 -> t1 [label="kv<string, varint>", style=dashed];',
    ],
  ] as const)('are written as %s', (format, text) => {
    expect(DRAW[format](withCoders)).toContain(text);
  });
});
