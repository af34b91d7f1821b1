import { NO_FIRING, type Pane, type PaneTiming } from '../model/panes.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';

/*
 * A pane is one byte and up to two varints.
 *
 *   0x01 first   0x02 last   0x0c timing   0x70 which indices follow   0x80 element metadata follows
 */
const TIMINGS: readonly PaneTiming[] = ['early', 'on-time', 'late', 'unknown'];
const NO_FIRING_BYTE = 0x0f;
const ONE_INDEX = 1;
const TWO_INDICES = 2;
/** Set by a peer that declares element metadata; a byte string stands behind the indices. */
const METADATA = 0x80;

/** The panes without indices, by their byte; shared, so that they can be compared by reference. */
const SHORT_PANES: readonly Pane[] = Array.from({ length: 16 }, (_, byte) =>
  byte === NO_FIRING_BYTE ? NO_FIRING : makePane(byte, 0, byte >> 2 === 0 ? -1 : 0),
);

/** Low indices are kept: a pane is made for each element that is read. */
const KEPT_INDICES = 32;
const KEPT_PANES: readonly Pane[] = Array.from({ length: 16 * KEPT_INDICES }, (_, at) =>
  oneIndexPane(at % 16, at >> 4),
);

/** An early pane has an index of one kind alone; of any other pane both are the same. */
function oneIndexPane(low: number, index: number): Pane {
  return makePane(low, index, low >> 2 === 0 ? -1 : index);
}

function makePane(byte: number, index: number, nonSpeculativeIndex: number): Pane {
  return Object.freeze({
    timing: TIMINGS[(byte >> 2) & 3]!,
    index,
    nonSpeculativeIndex,
    first: (byte & 1) !== 0,
    last: (byte & 2) !== 0,
  });
}

/** Writes the shortest form. An unknown timing has no indices on the wire, whatever `pane` says. */
export function writePane(pane: Pane, out: ByteWriter): void {
  if (pane === NO_FIRING) {
    out.byte(NO_FIRING_BYTE);
    return;
  }
  const { timing, index, nonSpeculativeIndex } = pane;
  const low = (pane.first ? 1 : 0) | (pane.last ? 2 : 0) | (TIMINGS.indexOf(timing) << 2);
  if (timing === 'unknown' || (index === 0 && nonSpeculativeIndex === 0)) {
    out.byte(low);
  } else if (timing === 'early' || index === nonSpeculativeIndex) {
    out.byte(low | (ONE_INDEX << 4));
    out.varint(index);
  } else {
    out.byte(low | (TWO_INDICES << 4));
    out.varint(index);
    out.varint(nonSpeculativeIndex);
  }
}

/** Reads a pane and passes over element metadata, which says nothing that an element's meaning needs. */
export function readPane(input: ByteReader): Pane {
  const byte = input.byte();
  const form = (byte >> 4) & 7;
  const low = byte & 0x0f;
  let pane: Pane;
  if (form === 0) {
    pane = SHORT_PANES[low]!;
  } else if (form === ONE_INDEX) {
    const index = readIndex(input);
    pane = index < KEPT_INDICES ? KEPT_PANES[index * 16 + low]! : oneIndexPane(low, index);
  } else if (form === TWO_INDICES) {
    pane = makePane(low, readIndex(input), readIndex(input));
  } else {
    input.fail(`a pane has the unknown form ${String(form)}`, input.pos - 1);
  }
  if ((byte & METADATA) !== 0) input.skipLengthPrefixed('element metadata');
  return pane;
}

function readIndex(input: ByteReader): number {
  const index = input.varint();
  return index < 0 ? input.fail(`a pane has the index ${String(index)}`) : index;
}
