import { JavaRandom } from './java-random.js';

export interface Person {
  readonly kind: 'person';
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly card: string;
  readonly city: string;
  readonly state: string;
  readonly at: number;
  readonly extra: string;
}

export interface Auction {
  readonly kind: 'auction';
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly initialBid: number;
  readonly reserve: number;
  readonly at: number;
  readonly expires: number;
  readonly seller: number;
  readonly category: number;
  readonly extra: string;
}

export interface Bid {
  readonly kind: 'bid';
  readonly auction: number;
  readonly bidder: number;
  readonly price: number;
  readonly at: number;
  readonly extra: string;
}

export type NexmarkEvent = Person | Auction | Bid;

export const isPerson = (event: NexmarkEvent): event is Person => event.kind === 'person';
export const isAuction = (event: NexmarkEvent): event is Auction => event.kind === 'auction';
export const isBid = (event: NexmarkEvent): event is Bid => event.kind === 'bid';

/** How events lie in time. */
export interface Pace {
  /** Events of so many numbers change places. */
  readonly group: number;
  /** Between two events, in microseconds. */
  readonly delayUs: number;
}

const BASE_TIME = Date.UTC(2015, 6, 15);
const PERIOD = 50;
const AUCTIONS = 3;
const HOT_BATCH = 100;
const FIRST_ID = 1000;
const FIRST_CATEGORY = 10;
const ID_LEAD = 10;
const IN_FLIGHT = 100;
const ACTIVE_PEOPLE = 1000;
/** Events until so many auctions as are in flight have come. */
export const AUCTION_EVENTS: number = Math.floor((IN_FLIGHT * PERIOD) / AUCTIONS);

const STATES = ['AZ', 'CA', 'ID', 'OR', 'WA', 'WY'];
const CITIES =
  'Phoenix,Los Angeles,San Francisco,Boise,Portland,Bend,Redmond,Seattle,Kent,Cheyenne'.split(',');
const FIRST_NAMES = 'Peter,Paul,Luke,John,Saul,Vicky,Kate,Julie,Sarah,Deiter,Walter'.split(',');
const LAST_NAMES = 'Shultz,Abrams,Spencer,White,Bartels,Walton,Smith,Jones,Noris'.split(',');

/** When the event of a number happens, in milliseconds since the epoch. */
export function timeOf(number: number, { delayUs }: Pace): number {
  return BASE_TIME + Math.floor((number * delayUs) / 1000);
}

/** The n-th event of Beam's Nexmark generator, byte for byte. */
export function nexmarkEvent(n: number, pace: Pace): NexmarkEvent {
  const { group } = pace;
  const number = Math.floor(n / group) * group + ((n * 953) % group);
  const at = timeOf(number, pace);
  const random = new JavaRandom(number);
  const rest = number % PERIOD;
  if (rest === 0) return person(number, at, random);
  if (rest <= AUCTIONS) return auction(number, at, timeOf(number + AUCTION_EVENTS, pace), random);
  return bid(number, at, random);
}

function person(number: number, at: number, random: JavaRandom): Person {
  const name = `${pick(FIRST_NAMES, random)} ${pick(LAST_NAMES, random)}`;
  const email = `${text(7, random)}@${text(5, random)}.com`;
  const card = Array.from({ length: 4 }, () => String(random.below(10_000)).padStart(4, '0'));
  const city = pick(CITIES, random);
  const state = pick(STATES, random);
  const size = 8 + name.length + email.length + 19 + city.length + state.length;
  const extra = filler(size, 200, random);
  const id = lastPerson(number) + FIRST_ID;
  return { kind: 'person', id, name, email, card: card.join(' '), city, state, at, extra };
}

function auction(number: number, at: number, horizon: number, random: JavaRandom): Auction {
  const id = lastAuction(number) + FIRST_ID;
  const isHot = random.below(4) > 0;
  const seller = (isHot ? hot(lastPerson(number)) : anyPerson(number, random)) + FIRST_ID;
  const category = FIRST_CATEGORY + random.below(5);
  const initialBid = price(random);
  const expires = at + 1 + random.below(Math.max(2 * (horizon - at), 1));
  const name = text(20, random);
  const description = text(100, random);
  const reserve = initialBid + price(random);
  const extra = filler(48 + name.length + description.length, 500, random);
  const sold = { initialBid, reserve, at, expires, seller, category, extra };
  return { kind: 'auction', id, name, description, ...sold };
}

function bid(number: number, at: number, random: JavaRandom): Bid {
  const isHotAuction = random.below(2) > 0;
  const lot = isHotAuction ? hot(lastAuction(number)) : anyAuction(number, random);
  const isHotBidder = random.below(4) > 0;
  const bidder = isHotBidder ? hot(lastPerson(number)) + 1 : anyPerson(number, random);
  const offered = price(random);
  const extra = filler(32, 100, random);
  const [by, of] = [bidder + FIRST_ID, lot + FIRST_ID];
  return { kind: 'bid', auction: of, bidder: by, price: offered, at, extra };
}

/** All persons, auctions and bids of a batch favour the first of it. */
function hot(last: number): number {
  return Math.floor(last / HOT_BATCH) * HOT_BATCH;
}

function lastPerson(number: number): number {
  return Math.floor(number / PERIOD);
}

function lastAuction(number: number): number {
  const epoch = Math.floor(number / PERIOD);
  const rest = number % PERIOD;
  if (rest === 0) return (epoch - 1) * AUCTIONS + AUCTIONS - 1;
  return epoch * AUCTIONS + Math.min(rest - 1, AUCTIONS - 1);
}

function anyPerson(number: number, random: JavaRandom): number {
  const people = lastPerson(number) + 1;
  const active = Math.min(people, ACTIVE_PEOPLE);
  return people - active + random.below(active + ID_LEAD);
}

function anyAuction(number: number, random: JavaRandom): number {
  const last = lastAuction(number);
  const first = Math.max(last - IN_FLIGHT, 0);
  return first + random.below(last - first + 1 + ID_LEAD);
}

function price(random: JavaRandom): number {
  return Math.round(10 ** (6 * random.nextDouble()) * 100);
}

function pick(names: readonly string[], random: JavaRandom): string {
  return names[random.below(names.length)]!;
}

function text(most: number, random: JavaRandom): string {
  let made = '';
  for (let left = 3 + random.below(most - 3); left > 0; left--)
    made += random.below(13) === 0 ? ' ' : String.fromCharCode(97 + random.below(26));
  return made.trim();
}

/** Text that brings an event of `size` bytes to about `mean` ones: six characters of a number, signs and all. */
function filler(size: number, mean: number, random: JavaRandom): string {
  if (size > mean) return '';
  const spread = Math.round((mean - size) * 0.2);
  const length = mean - size - spread + (spread === 0 ? 0 : random.below(2 * spread));
  let made = '';
  for (let i = 0, drawn = 0; i < length; i++) {
    if (i % 6 === 0) drawn = random.nextInt();
    made += String.fromCharCode(97 + (drawn % 26));
    drawn = Math.trunc(drawn / 26);
  }
  return made;
}
