// What a bug here would look like: a value that changes although nobody wrote it.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ByteArena } from './byte-arena.js';

const textOf = (arena: ByteArena, block: number): string => {
  const start = arena.start(block);
  return Buffer.from(arena.bytes(block).subarray(start, start + arena.length(block))).toString();
};

const size = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 30_000, max: 70_000 }),
);

describe('an arena of bytes', () => {
  it('keeps each block as it was written, whatever happens to others (A1, A2)', () => {
    const step = fc.record({
      kind: fc.constantFrom('store', 'replace', 'extend', 'free'),
      at: fc.nat(20),
      size,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const arena = new ByteArena();
        const blocks: { block: number; text: string }[] = [];
        for (const [i, { kind, at, size: length }] of steps.entries()) {
          const text = String.fromCharCode(97 + (i % 26)).repeat(length);
          const bytes = Buffer.from(text);
          const entry = blocks[at % Math.max(1, blocks.length)];
          if (kind === 'store' || entry === undefined) {
            blocks.push({ block: arena.store(bytes, 0, bytes.length), text });
          } else if (kind === 'free') {
            arena.free(entry.block);
            blocks.splice(blocks.indexOf(entry), 1);
          } else if (kind === 'replace') {
            entry.block = arena.replace(entry.block, bytes, 0, bytes.length);
            entry.text = text;
          } else {
            entry.block = arena.extend(entry.block, bytes, 0, bytes.length);
            entry.text += text;
          }
        }
        expect(new Set(blocks.map(({ block }) => block)).size).toBe(blocks.length);
        for (const { block, text } of blocks) {
          expect(block).toBeGreaterThan(0);
          expect(textOf(arena, block) === text).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('writes a value of about the same length where it was', () => {
    const arena = new ByteArena();
    const block = arena.store(Buffer.from('12'), 0, 2);
    expect(arena.replace(block, Buffer.from('34'), 0, 2)).toBe(block);
    const held = arena.heldBytes;
    for (let i = 0; i < 10_000; i++) arena.free(arena.store(Buffer.from('abc'), 0, 3));
    expect(arena.heldBytes).toBe(held);
  });

  it('gives back the page of a large block', () => {
    const arena = new ByteArena();
    const large = new Uint8Array(1_000_000);
    arena.store(Buffer.from('x'), 0, 1);
    const held = arena.heldBytes;
    for (let i = 0; i < 100; i++) arena.free(arena.store(large, 0, large.length));
    expect(arena.heldBytes).toBe(held);
  });
});
