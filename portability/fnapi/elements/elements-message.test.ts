// What a bug here looks like: elements that arrive damaged, at another port, or never end.
import { describe, expect, it } from '@jest/globals';
import { isStrahlError } from '../../errors.js';
import { decodeElements, encodeElements, type Elements } from '../../proto/generated/fn-api.js';
import { decodeElementsViews, encodeElementsParts } from './elements-message.js';

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 255);

describe('elements written by hand', () => {
  it.each([
    [[]],
    [[{ instructionId: 'b', transformId: 't', data: bytes(3) }]],
    [[{ instructionId: '', transformId: '', data: bytes(0), isLast: true }]],
    [[{ instructionId: 'ü€😀', transformId: 'x'.repeat(300), data: bytes(127) }]],
    [[127, 128, 16_383, 16_384, 70_000].map((n) => part(n))],
  ])('are the message that the generated code reads: %#', (parts) => {
    const read = decodeElements(encodeElementsParts(parts));
    expect(read).toEqual(decodeElements(encodeElements({ data: parts })));
  });

  it('go before other fields of the same message', () => {
    const timers = [{ instructionId: 'b', transformId: 't', timerFamilyId: 'f', isLast: true }];
    const parts = [part(5)];
    const message = encodeElementsParts(parts, encodeElements({ timers }));
    expect(decodeElements(message)).toEqual(
      decodeElements(encodeElements({ data: parts, timers })),
    );
  });
});

describe('elements read as views', () => {
  it('are those that the generated code reads, without a copy of their bytes', () => {
    const message = encodeElements({ data: [part(100), part(200_000)] });
    const read = decodeElementsViews(message);
    expect(plain(read)).toEqual(plain(decodeElements(message)));
    expect(read.data.map(({ data }) => data.buffer)).toEqual([message.buffer, message.buffer]);
  });

  it('keep timers and fields of a newer Beam', () => {
    const timers = [{ instructionId: 'b', transformId: 't', timerFamilyId: 'f', timers: bytes(4) }];
    const known = encodeElements({ data: [part(3)], timers });
    const message = Buffer.concat([known, Uint8Array.of(0xfa, 0x01, 1, 7)]);
    expect(decodeElementsViews(message)).toEqual(decodeElements(message));
  });

  it('are the same, or the same error, for every cut and every changed byte', () => {
    const whole = encodeElements({ data: [part(3), { ...part(2), isLast: true }] });
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0x00, 0x01, 0x0a, 0x20, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(whole);
        changed[at] = byte;
        expect(outcome(decodeElementsViews, changed)).toEqual(outcome(decodeElements, changed));
      }
      const cut = whole.subarray(0, at);
      expect(outcome(decodeElementsViews, cut)).toEqual(outcome(decodeElements, cut));
    }
  });
});

function part(length: number) {
  return { instructionId: `b${String(length)}`, transformId: 't', data: bytes(length) };
}

function plain({ data, timers, unknownFields }: Elements): unknown {
  return {
    data: data.map((one) => ({ ...one, data: [...one.data] })),
    timers,
    unknownFields: unknownFields && [...unknownFields],
  };
}

function outcome(decode: (message: Uint8Array) => Elements, message: Uint8Array): unknown {
  try {
    return plain(decode(message));
  } catch (e) {
    if (isStrahlError(e)) return e.message;
    throw e;
  }
}
