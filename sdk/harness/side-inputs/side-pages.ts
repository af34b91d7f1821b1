import type {
  SideStateKey,
  StateCell,
  StatePage,
  StateReader,
} from '#portability/fnapi/connection.js';
import { isThenable } from '../answers.js';

/** Hears how many bytes more are held. @throws STRAHL-5004 when they are too many */
export type Spend = (bytes: number) => void;

/** All pages of a side input as one run of bytes; waits only where the state does. */
export function readSide(
  state: StateReader,
  key: SideStateKey,
  spend: Spend,
  first?: StatePage,
): Uint8Array | Promise<Uint8Array> {
  const take = (bytes: number): true => {
    spend(bytes);
    return true;
  };
  // Who takes all gets all.
  return readWhile(state, key, take, first) as Uint8Array | Promise<Uint8Array>;
}

/** The same while `take` wants the bytes of each page; `undefined` if it did not want all. */
export function readWhile(
  state: StateReader,
  key: SideStateKey,
  take: (bytes: number) => boolean,
  first?: StatePage,
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  const pages: Uint8Array[] = [];
  const keep = ({ data, token }: StatePage): ReturnType<typeof readWhile> => {
    if (!take(data.length)) return undefined;
    pages.push(data);
    if (token !== undefined) return read(token);
    // A page may end within an element.
    return pages.length === 1 ? pages[0]! : Buffer.concat(pages);
  };
  const read = (token?: Uint8Array): ReturnType<typeof readWhile> => {
    const page = readPage(state, key, token);
    return isThenable(page) ? page.then(keep) : keep(page);
  };
  return first === undefined ? read() : keep(first);
}

/** One page: the first, or the one that `token` names. */
export function readPage(
  state: StateReader,
  key: SideStateKey,
  token?: Uint8Array,
): StatePage | Promise<StatePage> {
  const cell: StateCell = token === undefined ? { key } : { key, token };
  const answer = state.read([cell]);
  return isThenable(answer) ? answer.then(([page]) => page!) : answer[0]!;
}
