import { STDIN } from './file-restriction.js';
import { Replay, type Feed } from './replay.js';

/**
 * The one-way inputs that are open between bundles, so that the rest of a split restriction goes on where
 * the bundle before it stopped instead of unpacking from the start again.
 */
export class Replays<D> {
  readonly #open: Map<string, Replay<D>> = new Map();

  /** Positions kept in all of them. */
  get held(): number {
    let held = 0;
    for (const replay of this.#open.values()) held += replay.held;
    return held;
  }

  /**
   * The input `name` readable from `position`; `feed` starts it anew if nobody has it open or it has
   * already gone past. The caller skips to the position by itself: `at(position)` pulls that far.
   */
  async take(name: string, position: number, feed: () => Promise<Feed<D>>): Promise<Replay<D>> {
    const open = this.#open.get(name);
    if (open !== undefined && open.base <= position) return open;
    const fresh = new Replay(await feed(), position);
    if (open === undefined) this.#open.set(name, fresh);
    return fresh;
  }

  /** To be called once everything before `position` is committed; `finished` lets the input go. */
  async release(
    name: string,
    replay: Replay<D>,
    position: number,
    finished: boolean,
  ): Promise<void> {
    replay.release(position);
    const shelved = this.#open.get(name) === replay;
    if (!finished && shelved) return;
    if (shelved) this.#open.delete(name);
    await replay.close();
  }

  /** After a failed read: a file is opened anew when the bundle is repeated. */
  async discard(name: string, replay: Replay<D>): Promise<void> {
    // Nobody can open standard input a second time.
    if (name !== STDIN) await this.release(name, replay, 0, true);
  }

  async closeAll(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map((replay) => replay.close()));
  }
}
