import type { Drawing, DrawnEdge, DrawnNode } from './drawing.js';

export const GRAPH_FORMATS = ['text', 'mermaid', 'dot', 'json'] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** Each ends with a newline. A format that is added here does not compile until it is drawn. */
export const DRAW: Readonly<Record<GraphFormat, (drawing: Drawing) => string>> = {
  text: drawText,
  mermaid: drawMermaid,
  dot: drawDot,
  json: drawJson,
};

/** One line per step: what it is called, what it does, where its input comes from, where it was written. */
function drawText(drawing: Drawing): string {
  const names = new Map(drawing.nodes.map((node) => [node.id, node.name]));
  const rows = drawing.nodes.map((node) => {
    const inputs = drawing.edges.filter((edge) => edge.to === node.id);
    const from = inputs.map((edge) => `${names.get(edge.from)!}${suffixOf(edge)}`);
    return [
      node.name,
      node.kind,
      from.length === 0 ? '' : `← ${from.join(', ')}`,
      node.steps?.join(' + ') ?? node.site ?? '',
    ];
  });
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    `${drawing.name}  (${drawing.nodes.length} ${drawing.nodes[0]?.steps === undefined ? 'steps' : 'stages'})`,
    ...lines,
    '',
  ].join('\n');
}

function linesOf({ kind, steps = [] }: DrawnNode): readonly string[] {
  return [kind, ...steps];
}

function suffixOf(edge: DrawnEdge): string {
  const coder = edge.coder === undefined ? '' : ` as ${edge.coder}`;
  return `${coder}${edge.role === 'side' ? ' (side)' : ''}${edge.bounded ? '' : ' (unbounded)'}`;
}

function drawMermaid(drawing: Drawing): string {
  const quote = (text: string): string =>
    `"${text
      .replaceAll('"', '#quot;')
      .replaceAll(/<(?!br\/>)/g, '#lt;')
      .replaceAll(/(?<!<br\/)>/g, '#gt;')}"`;
  const lines = ['flowchart TD'];
  walkScopes(drawing.nodes, {
    open: (name, id, depth) => lines.push(`${pad(depth)}subgraph ${id} [${quote(name)}]`),
    close: (depth) => lines.push(`${pad(depth)}end`),
    node: (node, label, depth) => {
      lines.push(`${pad(depth)}${node.id}[${quote([label, ...linesOf(node)].join('<br/>'))}]`);
    },
  });
  for (const edge of drawing.edges) {
    const label = edge.coder === undefined ? '' : `|${quote(edge.coder)}|`;
    lines.push(`${pad(1)}${edge.from} ${edge.role === 'side' ? '-.->' : '-->'}${label} ${edge.to}`);
  }
  return `${lines.join('\n')}\n`;
}

function drawDot(drawing: Drawing): string {
  const lines = [`digraph ${dotText(drawing.name)} {`, '  rankdir=TB;', '  node [shape=box];'];
  walkScopes(drawing.nodes, {
    open: (name, id, depth) => {
      lines.push(
        `${pad(depth)}subgraph cluster_${id} {`,
        `${pad(depth + 1)}label=${dotText(name)};`,
      );
    },
    close: (depth) => lines.push(`${pad(depth)}}`),
    node: (node, label, depth) => {
      lines.push(
        `${pad(depth)}${node.id} [label=${dotText([label, ...linesOf(node)].join('\n'))}];`,
      );
    },
  });
  for (const edge of drawing.edges) {
    const attributes = [
      ...(edge.coder === undefined ? [] : [`label=${dotText(edge.coder)}`]),
      ...(edge.role === 'side' ? ['style=dashed'] : []),
    ];
    const list = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
    lines.push(`  ${edge.from} -> ${edge.to}${list};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

/** The only escapes of a quoted dot string are `\"`, `\\` and the line break. */
function dotText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function drawJson(drawing: Drawing): string {
  return `${JSON.stringify({ type: 'graph', ...drawing })}\n`;
}

interface ScopeVisitor {
  open(name: string, id: string, depth: number): void;
  close(depth: number): void;
  node(node: DrawnNode, label: string, depth: number): void;
}

/** Visits the nodes inside the boxes of their scopes. A scope that is left and entered again is a new box. */
function walkScopes(nodes: readonly DrawnNode[], visitor: ScopeVisitor): void {
  const open: string[] = [];
  let boxes = 0;
  const closeTo = (depth: number): void => {
    while (open.length > depth) {
      open.pop();
      visitor.close(open.length + 1);
    }
  };
  for (const node of nodes) {
    const path = node.name.split('/');
    const label = path.pop()!;
    let shared = 0;
    while (shared < open.length && open[shared] === path[shared]) shared++;
    closeTo(shared);
    for (const scope of path.slice(shared)) {
      visitor.open(scope, `s${boxes++}`, open.length + 1);
      open.push(scope);
    }
    visitor.node(node, label, open.length + 1);
  }
  closeTo(0);
}

function pad(depth: number): string {
  return '  '.repeat(depth);
}
