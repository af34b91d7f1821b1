import { coGroupByKey, s, windowFn, type PCollection } from '#sdk/index.js';
import {
  AUCTION_EVENTS,
  isAuction,
  isBid,
  type Auction,
  type Bid,
  type NexmarkEvent,
  type Pace,
} from './events.js';

export interface Sale {
  readonly auction: Auction;
  readonly bid: Bid;
}

/** An auction from its start to its end, or a bid as long as an auction may last that it is for. */
const AuctionWindow = s.row({
  start: s.int64,
  end: s.int64,
  auction: s.int64,
  isAuction: s.boolean,
});

/** How long a bid waits for its auction, in milliseconds. */
function longestWait({ delayUs }: Pace): number {
  return Math.ceil((delayUs * AUCTION_EVENTS) / 1000);
}

/** Windows of bids become one with that of their auction, if they start before it ends. */
function auctionWindows(pace: Pace) {
  const wait = 2 * longestWait(pace);
  return windowFn({
    window: AuctionWindow,
    assign: (start, value) => {
      const event = value as Auction | Bid;
      return event.kind === 'auction'
        ? [{ start, end: event.expires, auction: event.id, isAuction: true }]
        : [{ start, end: start + wait, auction: event.auction, isAuction: false }];
    },
    maxTimestamp: ({ end }) => end - 1,
    merge: (windows) =>
      windows
        .filter((window) => window.isAuction)
        .map((into) => ({
          into,
          windows: windows.filter((w) => w === into || (!w.isAuction && w.start < into.end)),
        }))
        .filter(({ windows: { length } }) => length > 1),
  });
}

/** The highest bid for each auction that reaches its reserve, of equal ones the first. */
export function winningBids(events: PCollection<NexmarkEvent>, pace: Pace): PCollection<Sale> {
  const windowed = events
    .filter((event): event is Auction | Bid => isAuction(event) || isBid(event))
    .window(auctionWindows(pace));
  const auctions = windowed.filter(isAuction).keyBy((auction) => auction.id);
  const bids = windowed.filter(isBid).keyBy((bid) => bid.auction);
  return coGroupByKey({ auctions, bids }).flatMap(async ([, group]) => {
    const [auction] = await group.auctions.toArray();
    const bid = auction && highest(await group.bids.toArray(), auction);
    return auction !== undefined && bid !== undefined ? [{ auction, bid }] : [];
  });
}

/** The same by loops over all events. */
export function winningBidsByHand(events: readonly NexmarkEvent[]): Sale[] {
  const bids = events.filter(isBid);
  return events.filter(isAuction).flatMap((auction) => {
    const own = bids.filter((bid) => bid.auction === auction.id && bid.at < auction.expires);
    const bid = highest(own, auction);
    return bid === undefined ? [] : [{ auction, bid }];
  });
}

function highest(bids: readonly Bid[], { reserve }: Auction): Bid | undefined {
  return bids
    .filter((bid) => bid.price >= reserve)
    .reduce<Bid | undefined>((best, bid) => {
      if (best === undefined || bid.price > best.price) return bid;
      return bid.price === best.price && bid.at < best.at ? bid : best;
    }, undefined);
}
