/** A block of TypeScript in a document, and where it starts. */
export interface DocBlock {
  readonly file: string;
  /** Line of the first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

const FENCE = /^([ \t]*)```ts\b[^\n]*\n([\s\S]*?)^[ \t]*```/gm;
const COMMENT = /\/\*\*[\s\S]*?\*\//g;

/** Every block fenced as `ts` of a Markdown text. */
export function blocksOfMarkdown(file: string, text: string): DocBlock[] {
  return [...text.matchAll(FENCE)].map((match) => {
    const [, indent = '', code = ''] = match;
    return { file, line: lineAt(text, match.index) + 1, code: dedent(code, indent) };
  });
}

/** Every block fenced as `ts` after an `@example` in the TSDoc comments of a source text. */
export function blocksOfSource(file: string, text: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const from = match[0].indexOf('@example');
    if (from < 0) continue;
    // The stars go, the lines stay, so that positions stay.
    const prose = match[0].slice(from).replaceAll(/^[ \t]*\*(?!\/) ?/gm, '');
    const before = lineAt(text, match.index + from) - 1;
    for (const block of blocksOfMarkdown(file, prose)) {
      blocks.push({ ...block, line: before + block.line });
    }
  }
  return blocks;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function dedent(code: string, indent: string): string {
  return indent === '' ? code : code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}
