import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { docsOf, ERROR_CATALOGUE } from '#portability/errors.js';

const text = readFileSync(fileURLToPath(new URL('../../docs/errors.md', import.meta.url)), 'utf8');
const sections = new Map(
  [...text.matchAll(/^### (STRAHL-\d{4})\n+([\s\S]*?)(?=^##|(?![\s\S]))/gm)].map((match) => [
    match[1]!,
    match[2]!,
  ]),
);

describe('docs/errors.md', () => {
  it.each(Object.entries(ERROR_CATALOGUE))('explains %s', (key, { code, class: errorClass }) => {
    expect(sections.get(code)).toContain(`\`${key}\` · ${errorClass}. `);
  });

  it('explains nothing else', () => {
    const codes: string[] = Object.values(ERROR_CATALOGUE).map(({ code }) => code);
    expect([...sections.keys()].filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('has the anchors that errors link to', () => {
    // The anchor of a heading is its text in lower case.
    for (const code of sections.keys())
      expect(docsOf(code)).toBe(`docs/errors.md#${code.toLowerCase()}`);
  });
});

it('gives no code twice', () => {
  const codes = Object.values(ERROR_CATALOGUE).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
