import {
  bag,
  coGroupByKey,
  eventTimer,
  fixed,
  max,
  mean,
  s,
  sessions,
  sliding,
  toList,
  value,
  type PCollection,
  type Root,
} from '#sdk/index.js';
import {
  isAuction,
  isBid,
  isPerson,
  type Auction,
  type Bid,
  type NexmarkEvent,
  type Pace,
  type Person,
} from './events.js';
import { winningBids, winningBidsByHand } from './winning-bids.js';

/** A query of Nexmark: as a pipeline, and as loops over all events. */
export interface Query {
  readonly name: string;
  build(events: PCollection<NexmarkEvent>, root: Root, pace: Pace): PCollection<unknown>;
  byHand(events: readonly NexmarkEvent[]): readonly unknown[];
}

const SECONDS = 1000;
const WINDOW = 10 * SECONDS;
const WEST = ['OR', 'ID', 'CA'];
const startOf = (at: number, size: number = WINDOW): number => Math.floor(at / size) * size;

const inOtherCurrency = ({ auction, bidder, price, at }: Bid): readonly number[] => [
  auction,
  bidder,
  Math.trunc((price * 89) / 100),
  at,
];

const currency: Query = {
  name: 'q1: what bids are in another currency (a map)',
  build: (events) => events.filter(isBid).map(inOtherCurrency),
  byHand: (events) => events.filter(isBid).map(inOtherCurrency),
};

const isForSelected = ({ auction }: Bid): boolean => auction % 123 === 0;
const offerOf = ({ auction, price }: Bid): readonly number[] => [auction, price];

const selection: Query = {
  name: 'q2: the bids for some auctions (a filter)',
  build: (events) => events.filter(isBid).filter(isForSelected).map(offerOf),
  byHand: (events) => events.filter(isBid).filter(isForSelected).map(offerOf),
};

const Seller = s.row({ name: s.string, city: s.string, state: s.string });

const localItems: Query = {
  name: 'q3: who sells in some states, and what (state, timers)',
  build(events, root) {
    const sellers = events.filter(isPerson).filter(({ state }) => WEST.includes(state));
    const items = events.filter(isAuction).filter(({ category }) => category === 10);
    const pairs = root.flatten(
      sellers.map((person): readonly [number, Person | Auction] => [person.id, person]),
      items.map((auction): readonly [number, Person | Auction] => [auction.seller, auction]),
    );
    return pairs.keyed().stateful({
      state: { seller: value(Seller), waiting: bag(s.int64) },
      timers: { forget: eventTimer() },
      async *element(event, { state, timers }) {
        if (event.kind === 'person') {
          state.seller.write({ name: event.name, city: event.city, state: event.state });
          timers.forget.at(event.at + 600 * SECONDS);
          for await (const id of state.waiting) yield [event.name, event.city, event.state, id];
          state.waiting.clear();
          return;
        }
        const seller = state.seller.read();
        if (seller === undefined) state.waiting.add(event.id);
        else yield [seller.name, seller.city, seller.state, event.id];
      },
      onTimer: {
        forget({ state }) {
          state.seller.clear();
          state.waiting.clear();
        },
      },
    });
  },
  byHand: (events) =>
    events.filter(isAuction).flatMap(({ category, seller, id }) =>
      events
        .filter(isPerson)
        .filter((person) => category === 10 && person.id === seller && WEST.includes(person.state))
        .map(({ name, city, state }) => [name, city, state, id]),
    ),
};

const averagePrice: Query = {
  name: 'q4: the mean price of a category (merging windows of its own, sliding windows)',
  build: (events, _, pace) =>
    winningBids(events, pace)
      .map(({ auction, bid }): readonly [number, number] => [auction.category, bid.price])
      .keyed()
      .window(sliding('10s', '5s'))
      .combineWith(mean((price) => price))
      .map(([category, price], { window }) => [category, Math.round(price), window.maxTimestamp]),
  byHand(events) {
    const prices = winningBidsByHand(events).flatMap(({ auction, bid }) => {
      const last = startOf(auction.expires - 1, WINDOW / 2) + WINDOW - 1;
      return [last, last - WINDOW / 2].map(
        (end) => [`${String(auction.category)} ${String(end)}`, bid.price] as const,
      );
    });
    return [...grouped(prices)].map(([key, all]) => {
      const [category, end] = key.split(' ').map(Number);
      return [category, Math.round(all.reduce((a, b) => a + b) / all.length), end];
    });
  },
};

const hotItems: Query = {
  name: 'q5: the auctions with the most bids (sliding windows, two combines)',
  build: (events) =>
    events
      .filter(isBid)
      .keyBy((bid) => bid.auction)
      .window(sliding('10s', '5s'))
      .countPerKey()
      .combineGloballyWith(toList(), { emptyDefault: false })
      .flatMap((counts, { window }) => mostOf(counts).map((row) => [...row, window.maxTimestamp])),
  byHand(events) {
    const counted = grouped(
      events.filter(isBid).flatMap(({ at, auction }) => {
        const last = startOf(at, WINDOW / 2) + WINDOW - 1;
        return [last, last - WINDOW / 2].map((end) => [end, auction] as const);
      }),
    );
    return [...counted].flatMap(([end, auctions]) => {
      const counts = grouped(auctions.map((auction) => [auction, auction] as const));
      return mostOf([...counts].map(([auction, all]) => [auction, all.length] as const)).map(
        (row) => [...row, end],
      );
    });
  },
};

function mostOf(
  counts: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const most = Math.max(...counts.map(([, n]) => n));
  return counts.filter(([, n]) => n === most);
}

const highestBids: Query = {
  name: 'q7: the highest bids of a window (a side input per window)',
  build(events) {
    const bids = events.filter(isBid).window(fixed('10s'));
    const most = bids.combineGloballyWith(
      max(({ price }) => price),
      { emptyDefault: false },
    );
    return bids
      .with({ most: most.asSingleton() })
      .filter(({ price }, sides) => price === sides.most)
      .map(({ auction, price, bidder }) => [auction, price, bidder]);
  },
  byHand: (events) =>
    [
      ...grouped(events.filter(isBid).map((bid) => [startOf(bid.at), bid] as const)).values(),
    ].flatMap((bids) => {
      const most = Math.max(...bids.map(({ price }) => price));
      return bids
        .filter(({ price }) => price === most)
        .map(({ auction, price, bidder }) => [auction, price, bidder]);
    }),
};

const newSellers: Query = {
  name: 'q8: who came and sold in the same window (a join of windows)',
  build(events) {
    const windowed = events.window(fixed('10s'));
    const persons = windowed.filter(isPerson).keyBy((person) => person.id);
    const auctions = windowed.filter(isAuction).keyBy((auction) => auction.seller);
    return coGroupByKey({ persons, auctions }).flatMap(async ([, group]) => {
      const [person] = await group.persons.toArray();
      if (person === undefined) return [];
      return (await group.auctions.toArray()).map(({ reserve }) => [
        person.id,
        person.name,
        reserve,
      ]);
    });
  },
  byHand: (events) =>
    events.filter(isPerson).flatMap(({ id, name, at }) =>
      events
        .filter(isAuction)
        .filter((auction) => auction.seller === id && startOf(auction.at) === startOf(at))
        .map(({ reserve }) => [id, name, reserve]),
    ),
};

const sales: Query = {
  name: 'q9: the winning bid of each auction (merging windows of its own)',
  build: (events, _, pace) =>
    winningBids(events, pace).map(({ auction, bid }) => [auction.id, bid.price, bid.bidder]),
  byHand: (events) =>
    winningBidsByHand(events).map(({ auction, bid }) => [auction.id, bid.price, bid.bidder]),
};

const bidSessions: Query = {
  name: 'q11: the bids of each visit (sessions)',
  build: (events) =>
    events
      .filter(isBid)
      .keyBy((bid) => bid.bidder)
      .window(sessions('10s'))
      .countPerKey()
      .map(([bidder, n], { window }) => [bidder, n, window.maxTimestamp]),
  byHand: (events) =>
    [...grouped(events.filter(isBid).map(({ bidder, at }) => [bidder, at] as const))].flatMap(
      ([bidder, times]) => {
        const sorted = times.sort((a, b) => a - b);
        const ends = [...sorted.keys()].filter((i) => !(sorted[i + 1]! - sorted[i]! < WINDOW));
        return ends.map((end, i) => [bidder, end - (ends[i - 1] ?? -1), sorted[end]! + WINDOW - 1]);
      },
    ),
};

const enriched: Query = {
  name: 'q13: bids beside a bounded table (a side input as a map)',
  build(events, root) {
    const table = root.of(
      Array.from({ length: 500 }, (_, i): readonly [number, string] => [i, `row ${String(i)}`]),
    );
    return events
      .filter(isBid)
      .with({ table: table.keyed().asMap() })
      .map(({ auction, bidder }, sides) => [auction, bidder, sides.table.get(bidder % 500)]);
  },
  byHand: (events) =>
    events
      .filter(isBid)
      .map(({ auction, bidder }) => [auction, bidder, `row ${String(bidder % 500)}`]),
};

function grouped<K, V>(pairs: Iterable<readonly [K, V]>): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, of] of pairs) groups.set(key, [...(groups.get(key) ?? []), of]);
  return groups;
}

export const QUERIES: readonly Query[] = [
  currency,
  selection,
  localItems,
  averagePrice,
  hotItems,
  highestBids,
  newSellers,
  sales,
  bidSessions,
  enriched,
];
