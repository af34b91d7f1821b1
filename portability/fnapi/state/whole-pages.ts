import type { ElementCoder } from '../../coders/coder.js';
import { isStrahlError } from '../../errors.js';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import type { StateAccess, StateCell, StatePage } from '../connection.js';

/** Where a value begins: in which page, and where in it. */
interface Place {
  /** `undefined`: the first page. */
  readonly page: Uint8Array | undefined;
  readonly offset: number;
}

/**
 * State of a bundle for a harness that decodes each page by itself: pages of groups end behind whole values.
 *
 *   W1. A token says all, so pages may be asked for again, and in any order.
 */
export function wholePages(
  state: StateAccess,
  value: Pick<ElementCoder<unknown>, 'skip'>,
): StateAccess {
  const read = async (cell: StateCell): Promise<StatePage> => {
    const [page] = await state.read([cell]);
    return page!;
  };
  return {
    append: (key, data) => state.append(key, data),
    clear: (key) => state.clear(key),
    read: (cells) =>
      Promise.all(
        cells.map((cell) =>
          cell.key.kind === 'group-values' ? wholePage(cell, read, value) : read(cell),
        ),
      ),
  };
}

async function wholePage(
  { key, token }: StateCell,
  read: (cell: StateCell) => Promise<StatePage>,
  value: Pick<ElementCoder<unknown>, 'skip'>,
): Promise<StatePage> {
  let place = token === undefined ? { page: undefined, offset: 0 } : placeOf(token);
  let bytes: Uint8Array = new Uint8Array(0);
  for (;;) {
    const at = place.page;
    const page = await read(at === undefined ? { key } : { key, token: at });
    const before = bytes.length;
    bytes = Buffer.concat([bytes, page.data.subarray(place.offset)]);
    if (page.token === undefined) return { data: bytes };
    const end = lastEnd(bytes, value);
    if (end === bytes.length) {
      return { data: bytes, token: tokenOf({ page: page.token, offset: 0 }) };
    }
    // The value behind `end` begins in this page: no page before it held a whole one.
    if (end > 0) {
      const offset = end - before + place.offset;
      return { data: bytes.subarray(0, end), token: tokenOf({ page: at, offset }) };
    }
    place = { page: page.token, offset: 0 };
  }
}

/** Where the last value ends that is there as a whole; 0 if the first is not. */
function lastEnd(bytes: Uint8Array, value: Pick<ElementCoder<unknown>, 'skip'>): number {
  const input = new ByteReader(bytes);
  let end = 0;
  try {
    while (input.remaining > 0) {
      value.skip(input);
      end = input.pos;
    }
  } catch (e) {
    if (!isStrahlError(e)) throw e;
  }
  return end;
}

function tokenOf({ page, offset }: Place): Uint8Array {
  const out = new ByteWriter(16);
  out.varint(offset);
  if (page !== undefined) out.raw(page);
  return out.toBytes();
}

function placeOf(token: Uint8Array): Place {
  const input = new ByteReader(token);
  const offset = input.varint();
  return { page: input.remaining === 0 ? undefined : token.subarray(input.pos), offset };
}
