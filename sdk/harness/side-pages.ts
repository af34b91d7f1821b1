import type {
  SideStateKey,
  StateCell,
  StatePage,
  StateReader,
} from '#portability/fnapi/connection.js';
import { isThenable } from './operators/async-queue.js';

/** All pages of a side input as one run of bytes; waits only where the state does. */
export function readSide(
  state: StateReader,
  key: SideStateKey,
  first?: StatePage,
): Uint8Array | Promise<Uint8Array> {
  const pages: Uint8Array[] = [];
  const take = (page: StatePage): Uint8Array | Promise<Uint8Array> => {
    pages.push(page.data);
    if (page.token !== undefined) return read(page.token);
    // A page may end within an element.
    return pages.length === 1 ? pages[0]! : Buffer.concat(pages);
  };
  const read = (token?: Uint8Array): Uint8Array | Promise<Uint8Array> => {
    const page = readPage(state, key, token);
    return isThenable(page) ? page.then(take) : take(page);
  };
  return first === undefined ? read() : take(first);
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
