import { describe, expect, it } from '@jest/globals';
import { bytes, json, utf8 } from './codec.js';
import { s } from './s.js';

const numbers = json(s.row({ n: s.double }));
const text = (value: string): Uint8Array => utf8.encode(value);

describe('json', () => {
  it('gives back what it wrote', () => {
    expect(numbers.decode(numbers.encode({ n: 1.5 }))).toEqual({ n: 1.5 });
  });

  it.each([
    ['an integer that a number cannot hold', '{"n":9007199254740993}', 'STRAHL-5003'],
    ['no JSON', '{"n":1,}', 'STRAHL-5005'],
    ['what does not fit the schema', '{"n":"1"}', 'STRAHL-5005'],
    ['nothing', '', 'STRAHL-5005'],
  ])('refuses %s', (_, input, code) => {
    expect(() => numbers.decode(text(input))).toThrow(expect.objectContaining({ code }));
  });

  it('lets long digits stand in texts and doubles', () => {
    const any = json(s.row({ id: s.string, x: s.double }));
    const input = '{"id":"90071992547409931234","x":9007199254740993e3}';
    expect(any.decode(text(input)).id).toBe('90071992547409931234');
  });

  it('refuses to write what JSON cannot say', () => {
    const loose = json(s.union(s.string));
    for (const value of [undefined, 1n]) {
      expect(() => loose.encode(value as never)).toThrow(
        expect.objectContaining({ code: 'STRAHL-5001' }),
      );
    }
  });
});

describe('utf8 and bytes', () => {
  it('keep every character, a byte order mark included', () => {
    expect(utf8.decode(utf8.encode('\uFEFFGrüße 🙂'))).toBe('\uFEFFGrüße 🙂');
    expect(bytes.decode(bytes.encode(new Uint8Array([0, 255])))).toEqual(new Uint8Array([0, 255]));
  });

  it('refuse bytes that are not text', () => {
    expect(() => utf8.decode(new Uint8Array([0xff]))).toThrow(
      expect.objectContaining({ code: 'STRAHL-5002' }),
    );
  });
});
