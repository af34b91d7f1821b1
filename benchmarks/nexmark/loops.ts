import {
  isAuction,
  isBid,
  isPerson,
  type Auction,
  type Bid,
  type Person,
} from '../../test/nexmark/events.js';
import type { EventLog } from './event-log.js';

export type Row = readonly (number | string)[];

/** A query as one would write it for a log that fits into memory and comes in order. */
export type Loop = (log: EventLog, emit: (row: Row) => void) => void;

const SECONDS = 1000;
const WINDOW = 10 * SECONDS;
const PERIOD = 5 * SECONDS;
const WEST = ['OR', 'ID', 'CA'];
const windowOf = (at: number): number => Math.floor(at / WINDOW);

/** The last moments of the windows of ten seconds, one every five, that hold a moment. */
function slidingEnds(at: number): readonly [number, number] {
  const last = Math.floor(at / PERIOD) * PERIOD + WINDOW - 1;
  return [last, last - PERIOD];
}

function listOf<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: V[] = [];
  lists.set(key, list);
  return list;
}

const currency: Loop = (log, emit) => {
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isBid(event))
      emit([event.auction, event.bidder, Math.trunc((event.price * 89) / 100), event.at]);
  }
};

const selection: Loop = (log, emit) => {
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isBid(event) && event.auction % 123 === 0) emit([event.auction, event.price]);
  }
};

const localItems: Loop = (log, emit) => {
  const sellers = new Map<number, Person>();
  const waiting = new Map<number, number[]>();
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isPerson(event) && WEST.includes(event.state)) {
      sellers.set(event.id, event);
      const { name, city, state } = event;
      for (const id of waiting.get(event.id) ?? []) emit([name, city, state, id]);
      waiting.delete(event.id);
    } else if (isAuction(event) && event.category === 10) {
      const seller = sellers.get(event.seller);
      if (seller === undefined) listOf(waiting, event.seller).push(event.id);
      else emit([seller.name, seller.city, seller.state, event.id]);
    }
  }
};

function winners(log: EventLog, each: (auction: Auction, bid: Bid) => void): void {
  const auctions: Auction[] = [];
  const bids = new Map<number, Bid[]>();
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isAuction(event)) auctions.push(event);
    else if (isBid(event)) listOf(bids, event.auction).push(event);
  }
  for (const auction of auctions) {
    let best: Bid | undefined;
    for (const bid of bids.get(auction.id) ?? []) {
      if (bid.at >= auction.expires || bid.price < auction.reserve) continue;
      if (best === undefined || bid.price > best.price) best = bid;
    }
    if (best !== undefined) each(auction, best);
  }
}

const averagePrice: Loop = (log, emit) => {
  const means = new Map<number, Map<number, { sum: number; count: number }>>();
  winners(log, ({ category, expires }, { price }) => {
    for (const end of slidingEnds(expires - 1)) {
      let window = means.get(end);
      if (window === undefined) means.set(end, (window = new Map()));
      const mean = window.get(category);
      if (mean === undefined) window.set(category, { sum: price, count: 1 });
      else {
        mean.sum += price;
        mean.count++;
      }
    }
  });
  for (const [end, window] of means)
    for (const [category, { sum, count }] of window) emit([category, Math.round(sum / count), end]);
};

const hotItems: Loop = (log, emit) => {
  const counts = new Map<number, Map<number, number>>();
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (!isBid(event)) continue;
    for (const end of slidingEnds(event.at)) {
      let window = counts.get(end);
      if (window === undefined) counts.set(end, (window = new Map()));
      window.set(event.auction, (window.get(event.auction) ?? 0) + 1);
    }
  }
  for (const [end, window] of counts) {
    const most = Math.max(...window.values());
    for (const [auction, bids] of window) if (bids === most) emit([auction, bids, end]);
  }
};

const highestBids: Loop = (log, emit) => {
  const windows = new Map<number, Bid[]>();
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isBid(event)) listOf(windows, windowOf(event.at)).push(event);
  }
  for (const bids of windows.values()) {
    const most = bids.reduce((price, bid) => Math.max(price, bid.price), 0);
    for (const { auction, price, bidder } of bids)
      if (price === most) emit([auction, price, bidder]);
  }
};

const newSellers: Loop = (log, emit) => {
  const persons = new Map<string, Person>();
  const auctions: Auction[] = [];
  const keyOf = (id: number, at: number): string => `${String(id)} ${String(windowOf(at))}`;
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isPerson(event)) persons.set(keyOf(event.id, event.at), event);
    else if (isAuction(event)) auctions.push(event);
  }
  for (const { seller, at, reserve } of auctions) {
    const person = persons.get(keyOf(seller, at));
    if (person !== undefined) emit([person.id, person.name, reserve]);
  }
};

const sales: Loop = (log, emit) => {
  winners(log, (auction, bid) => {
    emit([auction.id, bid.price, bid.bidder]);
  });
};

const bidSessions: Loop = (log, emit) => {
  const open = new Map<number, { last: number; count: number }>();
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (!isBid(event)) continue;
    const { bidder, at } = event;
    const session = open.get(bidder);
    if (session === undefined) open.set(bidder, { last: at, count: 1 });
    else {
      if (at - session.last >= WINDOW) {
        emit([bidder, session.count, session.last + WINDOW - 1]);
        session.count = 0;
      }
      session.last = at;
      session.count++;
    }
  }
  for (const [bidder, { last, count }] of open) emit([bidder, count, last + WINDOW - 1]);
};

const enriched: Loop = (log, emit) => {
  const table = new Map(Array.from({ length: 500 }, (_, i) => [i, `row ${String(i)}`]));
  for (let n = 0; n < log.count; n++) {
    const event = log.event(n);
    if (isBid(event)) emit([event.auction, event.bidder, table.get(event.bidder % 500)!]);
  }
};

/** By the name of the query before its colon. */
export const LOOPS: Readonly<Record<string, Loop>> = {
  q1: currency,
  q2: selection,
  q3: localItems,
  q4: averagePrice,
  q5: hotItems,
  q7: highestBids,
  q8: newSellers,
  q9: sales,
  q11: bidSessions,
  q13: enriched,
};
