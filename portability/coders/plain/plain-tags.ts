/*
 * Plain data describes itself: a tag, then what the tag says. Frozen wire format.
 *
 *   00 null   01 undefined   02 false   03 true
 *   04 n      the integer n ≥ 64: varint
 *   05 n      the integer −1 − n: varint
 *   06        double: 8 bytes big-endian
 *   07        bigint: varint length, two's complement, big-endian, shortest
 *   08        string: varint length, UTF-8
 *   09        bytes: varint length, bytes
 *   0a n      array: n values
 *   0b n      object: n bytes of names, each a varint length and UTF-8, then a value for each name
 *   0c n      Map: n pairs of values
 *   0d n      Set: n values
 *   0e        Date: double of its milliseconds
 *   40–7f     the integer tag − 0x40
 *   80–bf     string of (tag − 0x80) ASCII characters, which follow
 *
 * A value has one encoding: what fits a short form is never written in the long one.
 */
export const NULL = 0x00;
export const UNDEFINED = 0x01;
export const FALSE = 0x02;
export const TRUE = 0x03;
export const INTEGER = 0x04;
export const NEGATIVE = 0x05;
export const DOUBLE = 0x06;
export const BIGINT = 0x07;
export const STRING = 0x08;
export const BYTES = 0x09;
export const ARRAY = 0x0a;
export const OBJECT = 0x0b;
export const MAP = 0x0c;
export const SET = 0x0d;
export const DATE = 0x0e;
export const SMALL_INTEGER = 0x40;
/** Exclusive. */
export const SMALL_INTEGER_LIMIT = 64;
export const SHORT_STRING = 0x80;
/** Inclusive; up to here a loop over the characters is cheaper than a call for the whole text. */
export const SHORT_STRING_LENGTH = 32;

/** How deep values may lie in each other; a cycle is deeper than any. */
export const MAX_DEPTH = 100;
