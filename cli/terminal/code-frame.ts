import { readFileSync } from 'node:fs';
import type { Paint } from './terminal.js';

/** The lines around a construction site, the line itself marked; absent when the file cannot be read. */
export function codeFrame(site: string, paint: Paint): string | undefined {
  const [, file, line, column] = /^(.*?):(\d+):(\d+)$/.exec(site) ?? [];
  if (file === undefined) return undefined;
  try {
    return frameOf(readFileSync(file, 'utf8'), Number(line), Number(column), paint);
  } catch {
    // The file has moved since, or the site belongs to another machine.
    return undefined;
  }
}

/** `line` and `column` count from 1. */
export function frameOf(
  text: string,
  line: number,
  column: number,
  paint: Paint,
): string | undefined {
  const lines = text.split('\n');
  if (line < 1 || line > lines.length) return undefined;
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 2);
  const width = String(last).length;
  const rows: string[] = [];
  for (let n = first; n <= last; n++) {
    const row = `${n === line ? '>' : ' '} ${String(n).padStart(width)} │ ${lines[n - 1]!}`;
    rows.push(n === line ? paint('bold', row) : paint('dim', row));
    if (n === line)
      rows.push(`  ${' '.repeat(width)} │ ${' '.repeat(column - 1)}${paint('red', '^')}`);
  }
  return rows.join('\n');
}
