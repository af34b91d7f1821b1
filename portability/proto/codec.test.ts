import { describe, expect, it } from '@jest/globals';
import {
  decodeElements_ElementMetadata,
  decodeProcessBundleSplitRequest_DesiredSplit,
  decodeStateKey,
  encodeElements_ElementMetadata,
  encodeInstructionRequest,
  encodeProcessBundleSplitRequest_DesiredSplit,
  encodeStateKey,
  decodeInstructionRequest,
} from './generated/fn-api.js';
import { decodeValue, encodeValue } from './generated/google/protobuf/struct.js';
import {
  decodeTestStreamPayload_Event_AdvanceWatermark,
  encodeTestStreamPayload_Event_AdvanceWatermark,
} from './generated/pipeline.js';
import { decodeAtomicTypeValue, encodeAtomicTypeValue } from './generated/schema.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

describe('a generated message', () => {
  it('writes fields in the order of their numbers and leaves defaults out', () => {
    const request = { processBundleDescriptorId: 'd', hasNoState: false, dataStreamId: '' };
    const bytes = encodeInstructionRequest({
      request: { case: 'processBundle', value: request },
      instructionId: 'i',
    });
    expect(hex(bytes)).toBe('0a0169' + 'ca3e03' + '0a0164');
    expect(decodeInstructionRequest(bytes)).toEqual({
      instructionId: 'i',
      request: {
        case: 'processBundle',
        value: { ...request, cacheTokens: [], onlyBundleForKeys: false },
      },
    });
  });

  it('tells a field that is absent from one with its default, if the text says optional', () => {
    expect(decodeElements_ElementMetadata(new Uint8Array(0)).traceparent).toBeUndefined();
    const bytes = encodeElements_ElementMetadata({ traceparent: '', drain: 0 });
    expect(decodeElements_ElementMetadata(bytes)).toEqual({ traceparent: '', drain: 0 });
  });

  it('writes the chosen case of a oneof even when it holds a default', () => {
    const bytes = encodeValue({ kind: { case: 'boolValue', value: false } });
    expect(hex(bytes)).toBe('2000');
    expect(decodeValue(bytes).kind).toEqual({ case: 'boolValue', value: false });
  });

  it('takes the last case of a oneof that is set twice', () => {
    expect(decodeValue(bytesOf('2001' + '1a0161')).kind).toEqual({
      case: 'stringValue',
      value: 'a',
    });
  });

  it.each([NaN, -0, Infinity, 1.5])('keeps the double %d', (value) => {
    const bytes = encodeProcessBundleSplitRequest_DesiredSplit({ fractionOfRemainder: value });
    const split = decodeProcessBundleSplitRequest_DesiredSplit(bytes);
    expect(Object.is(split.fractionOfRemainder, value)).toBe(true);
  });

  it('reads repeated numbers packed and one by one', () => {
    const packed = encodeProcessBundleSplitRequest_DesiredSplit({ allowedSplitPoints: [1, 300] });
    expect(hex(packed)).toBe('1a0301ac02');
    for (const bytes of [packed, bytesOf('1801' + '18ac02'), bytesOf('1801' + '1a02ac02')]) {
      expect(decodeProcessBundleSplitRequest_DesiredSplit(bytes).allowedSplitPoints).toEqual([
        1, 300,
      ]);
    }
  });

  it('keeps a field of another wire type than it expects as unknown', () => {
    const bytes = bytesOf('0801' + '0a0161');
    expect(hex(decodeInstructionRequest(bytes).unknownFields!)).toBe('0801');
    expect(hex(encodeInstructionRequest(decodeInstructionRequest(bytes)))).toBe('0a01610801');
  });

  it('keeps unknown fields between known ones, groups included', () => {
    const bytes = bytesOf('c03e07' + '0a0161' + 'c33e0801c43e');
    expect(hex(decodeInstructionRequest(bytes).unknownFields!)).toBe('c03e07c33e0801c43e');
  });

  it('owns its bytes', () => {
    const bytes = encodeStateKey({
      type: { case: 'runner', value: { key: bytesOf('01'.repeat(99)) } },
    });
    const { type } = decodeStateKey(bytes);
    bytes.fill(0);
    expect(type).toEqual({ case: 'runner', value: { key: bytesOf('01'.repeat(99)) } });
  });

  it('refuses text that is not UTF-8, and keeps a genuine replacement character', () => {
    expect(() => decodeInstructionRequest(bytesOf('0a02c328'))).toThrow(
      /InstructionRequest proto cannot be decoded at byte \d+/,
    );
    const bytes = encodeInstructionRequest({ instructionId: '\ufffd' });
    expect(decodeInstructionRequest(bytes).instructionId).toBe('\ufffd');
  });

  it('ends a nested message where its length says', () => {
    // The inner string claims a byte that belongs to the outer message.
    expect(() => decodeStateKey(bytesOf('0a020a0161'))).toThrow(/StateKey proto cannot be decoded/);
  });
});

describe('a 64-bit integer in a message', () => {
  it('is a number, refused beyond the safe range', () => {
    const encode = (estimatedInputElements: number): Uint8Array =>
      encodeProcessBundleSplitRequest_DesiredSplit({ estimatedInputElements });
    const decode = (bytes: Uint8Array): number =>
      decodeProcessBundleSplitRequest_DesiredSplit(bytes).estimatedInputElements;
    for (const n of [
      1,
      -1,
      2 ** 31,
      -(2 ** 33),
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
    ]) {
      expect(decode(encode(n))).toBe(n);
    }
    expect(() => encode(2 ** 53)).toThrow(expect.objectContaining({ code: 'STRAHL-5003' }));
    // 2^53 as a varint.
    expect(() => decode(bytesOf('108080808080808010'))).toThrow(
      expect.objectContaining({ code: 'STRAHL-5003' }),
    );
  });

  it('is a bigint where a sound pipeline may go beyond', () => {
    for (const value of [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      const bytes = encodeAtomicTypeValue({ value: { case: 'int64', value } });
      expect(decodeAtomicTypeValue(bytes).value).toEqual({ case: 'int64', value });
    }
    expect(() => encodeAtomicTypeValue({ value: { case: 'int64', value: 2n ** 63n } })).toThrow(
      /has more than 64 bits/,
    );
    const newWatermark = 9223372036854775n;
    const event = encodeTestStreamPayload_Event_AdvanceWatermark({ newWatermark });
    expect(decodeTestStreamPayload_Event_AdvanceWatermark(event).newWatermark).toBe(newWatermark);
  });
});
