import type { ElementCoder } from '#portability/coders/coder.js';
import { plainCoder } from '#portability/coders/plain/plain.js';
import { RowCoder } from '#portability/coders/rows/rows.js';
import type { Schema } from '#portability/model/schema.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { isBid, type Bid } from '../../test/nexmark/events.js';
import { ratioCase, type Benchmark, type Case } from '../case.js';
import { contest } from '../measure.js';
import { EventLog } from '../nexmark/event-log.js';
import { pollute } from '../pollute.js';

const EVENTS = 100_000;
const ROUNDS = 9;

export const objects: Benchmark = {
  name: 'objects',
  about: 'bids of Nexmark written and read as plain data and as rows, against JSON',
  async run() {
    await pollute();
    const log = new EventLog(EVENTS, { group: 1, delayUs: 100 });
    const bids = Array.from({ length: EVENTS }, (_, n) => log.event(n)).filter(isBid);
    const row = new RowCoder(BID) as ElementCoder<unknown>;
    return [...(await compared('plain', plainCoder, bids)), ...(await compared('row', row, bids))];
  },
};

async function compared(
  name: string,
  coder: ElementCoder<unknown>,
  bids: readonly Bid[],
): Promise<readonly Case[]> {
  const out = new ByteWriter(1 << 24);
  const write = (): number => {
    out.pos = 0;
    for (const bid of bids) coder.encode(bid, out);
    return bids.length;
  };
  write();
  const input = new ByteReader(out.toBytes());
  const texts = bids.map((bid) => JSON.stringify(bid));
  const read = (): number => {
    let prices = 0;
    input.pos = 0;
    for (let n = 0; n < bids.length; n++) prices += (coder.decode(input) as Bid).price;
    return prices;
  };
  const against = { elements: bids.length, rounds: ROUNDS };
  const written = await contest({ ...against, ours: write, peer: () => stringified(bids) });
  const wasRead = await contest({ ...against, ours: read, peer: () => parsed(texts) });
  return [
    ratioCase(`${name}-write`, 'ns/object', written, 1),
    ratioCase(`${name}-read`, 'ns/object', wasRead, 1),
  ];
}

function stringified(bids: readonly Bid[]): number {
  let count = 0;
  for (const bid of bids) if (JSON.stringify(bid).length > 0) count++;
  return count;
}

function parsed(texts: readonly string[]): number {
  let prices = 0;
  for (const text of texts) prices += (JSON.parse(text) as Bid).price;
  return prices;
}

const KINDS = {
  kind: 'string',
  auction: 'int64',
  bidder: 'int64',
  price: 'int64',
  at: 'int64',
  extra: 'string',
} as const;

const BID: Schema = {
  fields: Object.entries(KINDS).map(([name, kind], encodingPosition) => ({
    name,
    description: '',
    type: { kind, nullable: false },
    encodingPosition,
  })),
  id: '',
  encodingPositionsSet: false,
};
