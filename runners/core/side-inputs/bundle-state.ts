import type {
  SideStateKey,
  StateAccess,
  StateCell,
  StatePage,
  UserStateKey,
} from '#portability/fnapi/connection.js';
import { refuseUserState } from '#portability/fnapi/no-state.js';
import type { StageId } from '#portability/model/ids.js';
import type { Frame } from '#portability/wire/frames.js';
import { latin1Of, viewOf } from '#portability/wire/native-buffer.js';
import type { SideInputUse } from '../plan/plan.js';
import { lazyPage } from './lazy-page.js';
import type { SideContent } from './side-content.js';
import type { Views } from './views.js';

/** A longer answer comes in several pages. */
const PAGE_BYTES = 1024 * 1024;
const TOKEN_BYTES = 8;

/** Reads side inputs for one bundle: what it has seen once stays as it was (SID-5). */
export class BundleState implements StateAccess {
  readonly #uses: readonly SideInputUse[];
  readonly #views: Views;
  readonly #frames: readonly Frame[];
  /** Per view, by encoded window. */
  readonly #seen = new Map<StageId, Map<string, SideContent>>();
  readonly #pageBytes: number;
  /** The answer of which a part is still to be read: its pages are asked for one after the other. */
  #open:
    { readonly content: SideContent; readonly key: string; readonly data: Uint8Array } | undefined;

  /** `frames` are the input of the bundle: groups in them may have values elsewhere. */
  constructor(
    uses: readonly SideInputUse[],
    views: Views,
    frames: readonly Frame[] = [],
    pageBytes: number = PAGE_BYTES,
  ) {
    this.#uses = uses;
    this.#views = views;
    this.#frames = frames;
    this.#pageBytes = pageBytes;
  }

  read(cells: readonly StateCell[]): readonly StatePage[] {
    return cells.map(({ key, token }) => {
      if (key.kind === 'group-values') return lazyPage(this.#frames, key.token, token);
      if (!('sideInput' in key)) return refuseUserState(key);
      const { content, data } = this.#answer(key);
      const from = token === undefined ? 0 : Number(viewOf(token).getBigUint64(0));
      const to = content.partEnd(key, data, from, this.#pageBytes);
      if (to >= data.length) return { data: data.subarray(from) };
      return { data: data.subarray(from, to), token: tokenOf(to) };
    });
  }

  append(key: UserStateKey): never {
    return refuseUserState(key);
  }

  clear(key: UserStateKey): never {
    return refuseUserState(key);
  }

  #answer(key: SideStateKey): { readonly content: SideContent; readonly data: Uint8Array } {
    const { transform, sideInput, window } = key;
    const use = this.#uses.find((u) => u.transform === transform && u.name === sideInput);
    if (use === undefined) {
      throw new RangeError(`${transform} has no side input ${sideInput} in this stage`);
    }
    const content = this.#contentOf(use.view, window);
    const text = 'key' in key ? latin1Of(key.key) : '';
    const name = `${key.kind} ${text}`;
    if (this.#open?.content === content && this.#open.key === name) return this.#open;
    const data = content.read(key);
    // An answer of several pages is made once.
    if (data.length > this.#pageBytes) this.#open = { content, key: name, data };
    return { content, data };
  }

  #contentOf(view: StageId, window: Uint8Array): SideContent {
    let seen = this.#seen.get(view);
    if (seen === undefined) this.#seen.set(view, (seen = new Map<string, SideContent>()));
    const text = latin1Of(window);
    let content = seen.get(text);
    if (content === undefined) seen.set(text, (content = this.#views.get(view)!.read(window)));
    return content;
  }
}

function tokenOf(position: number): Uint8Array {
  const token = new Uint8Array(TOKEN_BYTES);
  viewOf(token).setBigUint64(0, BigInt(position));
  return token;
}
