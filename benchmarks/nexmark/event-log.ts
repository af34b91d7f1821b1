import { nexmarkEvent, type NexmarkEvent, type Pace } from '../../test/nexmark/events.js';

const KINDS = ['person', 'auction', 'bid'] as const;
const FIELDS: { readonly [K in NexmarkEvent['kind']]: readonly string[] } = {
  person: ['id', 'at', 'name', 'email', 'card', 'city', 'state', 'extra'],
  auction: [
    'id',
    'at',
    'initialBid',
    'reserve',
    'expires',
    'seller',
    'category',
    'name',
    'description',
    'extra',
  ],
  bid: ['auction', 'bidder', 'price', 'at', 'extra'],
};
const NUMBER_BYTES = 8;

/**
 * Events as bytes, as a file or a broker holds them: a byte for the kind, eight for a number, and one or two for the
 * length of a text, which is Latin-1. Decoding makes all fields of an event, for the pipeline and for the loop alike.
 */
export class EventLog {
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #starts: Float64Array;

  constructor(count: number, pace: Pace) {
    this.count = count;
    this.#starts = new Float64Array(count);
    const parts: Buffer[] = [];
    let size = 0;
    for (let n = 0; n < count; n++) {
      this.#starts[n] = size;
      const part = encoded(nexmarkEvent(n, pace));
      parts.push(part);
      size += part.length;
    }
    this.#bytes = Buffer.concat(parts);
  }

  get byteSize(): number {
    return this.#bytes.length;
  }

  event(n: number): NexmarkEvent {
    const cursor = { bytes: this.#bytes, at: this.#starts[n]! + 1 };
    switch (this.#bytes[cursor.at - 1]) {
      case 0:
        return personAt(cursor);
      case 1:
        return auctionAt(cursor);
      default:
        return bidAt(cursor);
    }
  }
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

function personAt(c: Cursor): NexmarkEvent {
  const [id, at] = [number(c), number(c)];
  const [name, email, card, city, state, extra] = [
    text(c),
    text(c),
    text(c),
    text(c),
    text(c),
    text(c),
  ];
  return { kind: 'person', id, at, name, email, card, city, state, extra };
}

function auctionAt(c: Cursor): NexmarkEvent {
  const [id, at, initialBid, reserve] = [number(c), number(c), number(c), number(c)];
  const [expires, seller, category] = [number(c), number(c), number(c)];
  const [name, description, extra] = [text(c), text(c), text(c)];
  const sold = { initialBid, reserve, at, expires, seller, category, extra };
  return { kind: 'auction', id, name, description, ...sold };
}

function bidAt(c: Cursor): NexmarkEvent {
  const [auction, bidder, price, at] = [number(c), number(c), number(c), number(c)];
  return { kind: 'bid', auction, bidder, price, at, extra: text(c) };
}

function number(c: Cursor): number {
  const { bytes, at } = c;
  c.at = at + NUMBER_BYTES;
  const high = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  const low =
    (bytes[at + 4]! << 24) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!;
  return high === 0 ? low >>> 0 : high * 2 ** 32 + (low >>> 0);
}

function text(c: Cursor): string {
  const start = c.at + 2;
  const end = start + ((c.bytes[c.at]! << 8) | c.bytes[c.at + 1]!);
  c.at = end;
  return c.bytes.toString('latin1', start, end);
}

function encoded(event: NexmarkEvent): Buffer {
  const parts = [Buffer.of(KINDS.indexOf(event.kind))];
  for (const field of FIELDS[event.kind]) {
    const value = event[field as keyof NexmarkEvent];
    if (typeof value === 'number') {
      const bytes = Buffer.alloc(NUMBER_BYTES);
      bytes.writeBigUInt64BE(BigInt(value));
      parts.push(bytes);
    } else {
      const bytes = Buffer.from(value, 'latin1');
      parts.push(Buffer.of(bytes.length >> 8, bytes.length & 255), bytes);
    }
  }
  return Buffer.concat(parts);
}
