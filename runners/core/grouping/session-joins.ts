import type { Frame } from '#portability/wire/frames.js';
import { CLOSED, GONE, MERGED, NEW, TOUCHED } from './group-flags.js';
import type { GroupingOptions } from './grouping.js';
import { OF_BUNDLE, type SessionMerging } from './session-merging.js';
import type { Sessions } from './sessions.js';
import { askToMerge, mergedWindows, type MergedWindows } from './window-questions.js';
import { WindowsOfKey } from './windows-of-key.js';

/** Sessions of a key beyond which they are kept in order, or by their windows. */
const MANY = 32;

/**
 * Finds, makes and merges the sessions that the elements of a bundle belong to. Standard sessions are merged
 * here; windows of the user's function are kept apart until user code was asked (MRG-9).
 */
export class SessionJoins {
  /** Whether the engine merges, which it can where windows are intervals. */
  readonly intervals: boolean;
  readonly #options: GroupingOptions;
  readonly #sessions: Sessions;
  readonly #merging: SessionMerging;
  /** Sessions that came into being, or whose window changed, in this bundle. */
  readonly #changed: number[] = [];
  /** Keys that got a window in this bundle that user code has to look at. */
  readonly #asking = new Set<number>();
  /** The open sessions of keys that user code merges, of those with many as far as the bundle has met them. */
  readonly #met = new Map<number, WindowsOfKey>();

  constructor(options: GroupingOptions, sessions: Sessions, merging: SessionMerging) {
    this.#options = options;
    this.#sessions = sessions;
    this.#merging = merging;
    this.intervals = options.windowing.windowFn.kind === 'sessions';
  }

  /** The session of the window that `windows` has read last. */
  join(keyId: number): number {
    return this.intervals ? this.#joinOverlapping(keyId) : this.#joinEqual(keyId);
  }

  windowsToMerge(): Frame | undefined {
    if (this.#asking.size === 0) return undefined;
    const { windows } = this.#sessions;
    const sets = [...this.#asking].map((keyId) =>
      this.#openOf(keyId).map((id) => windows.encoded(id)),
    );
    return askToMerge(sets, this.#options.shape.windowCoder);
  }

  takeMerged(answer: Frame): void {
    const keys = [...this.#asking];
    this.#asking.clear();
    const merged = mergedWindows(answer, keys.length, this.#options.shape.windowCoder);
    keys.forEach((keyId, n) => {
      for (const each of merged[n]!) this.#mergeInto(keyId, answer.bytes, each);
    });
  }

  /** MRG-7: all windows of the bundle are merged; some may be those of closed sessions. */
  settle(): void {
    if (this.#sessions.closed > 0) for (const id of this.#changed) this.#checkClosed(id);
  }

  endBundle(): void {
    const sessions = this.#sessions;
    for (const id of this.#changed) {
      const flags = sessions.flags(id);
      if ((flags & GONE) !== 0) continue;
      if ((flags & NEW) !== 0 && (flags & CLOSED) !== 0) {
        sessions.remove(id);
        sessions.table.release(id);
      } else {
        sessions.setFlags(id, flags & ~(OF_BUNDLE & ~TOUCHED));
      }
    }
    this.#changed.length = 0;
    this.#met.clear();
    this.#merging.endBundle();
  }

  /** MRG-2: the session of the window that was read last, all that it connects merged into it. */
  #joinOverlapping(keyId: number): number {
    const sessions = this.#sessions;
    const order = sessions.orderOf(keyId);
    if (order !== undefined) return this.#joinMembers(keyId, order.overlapping());
    const { table, windows } = sessions;
    let only = -1;
    let others = false;
    let seen = 0;
    for (let s = table.first(keyId); s >= 0; s = table.next(s), seen++) {
      if (!windows.overlaps(s) || (sessions.flags(s) & CLOSED) !== 0) continue;
      if (only < 0) only = s;
      else others = true;
    }
    if (seen > MANY) sessions.arrange(keyId, this.#openOf(keyId));
    if (!others) return this.#joinOne(keyId, only);
    return this.#joinMembers(
      keyId,
      this.#openOf(keyId).filter((id) => windows.overlaps(id)),
    );
  }

  /** Joins the one session that the window overlaps, or none if it is negative. */
  #joinOne(keyId: number, only: number): number {
    const sessions = this.#sessions;
    const { windows } = sessions;
    if (only < 0) {
      const id = sessions.open(keyId);
      this.#noteChanged(id);
      return id;
    }
    if (windows.equals(only)) return only;
    windows.span(only);
    if (!windows.equals(only)) {
      this.#merging.grow(only);
      this.#noteChanged(only);
    } else if (!sessions.addsAtOnce) {
      sessions.setFlags(only, sessions.flags(only) | MERGED);
    }
    return only;
  }

  /** Joins all sessions that the window overlaps, in any number. */
  #joinMembers(keyId: number, members: readonly number[]): number {
    if (members.length <= 1) return this.#joinOne(keyId, members[0] ?? -1);
    for (const id of members) this.#sessions.windows.span(id);
    const id = this.#merging.merge(members);
    this.#noteChanged(id);
    return id;
  }

  #noteChanged(id: number): void {
    if (!this.#sessions.addsAtOnce) this.#changed.push(id);
  }

  /** Where user code merges, it is asked once for all windows of the bundle (MRG-9). */
  #joinEqual(keyId: number): number {
    const known = this.#equalOf(keyId);
    if (known >= 0) return known;
    this.#asking.add(keyId);
    const id = this.#sessions.open(keyId);
    this.#met.get(keyId)?.add(id);
    this.#changed.push(id);
    return id;
  }

  /** The sessions of a key that may merge. */
  #openOf(keyId: number): readonly number[] {
    const { table } = this.#sessions;
    const open: number[] = [];
    for (let s = table.first(keyId); s >= 0; s = table.next(s)) {
      if ((this.#sessions.flags(s) & CLOSED) === 0) open.push(s);
    }
    return open;
  }

  /** The open session of exactly the window that was read last, −1 if there is none. */
  #equalOf(keyId: number): number {
    const { table, windows } = this.#sessions;
    const met = this.#met.get(keyId);
    if (met !== undefined) return met.of(windows.bytes!)[0] ?? -1;
    let seen = 0;
    for (let s = table.first(keyId); s >= 0; s = table.next(s), seen++) {
      if (windows.equals(s) && (this.#sessions.flags(s) & CLOSED) === 0) return s;
    }
    if (seen > MANY) this.#met.set(keyId, new WindowsOfKey(windows, this.#openOf(keyId)));
    return -1;
  }

  #mergeInto(keyId: number, bytes: Uint8Array, { into, from }: MergedWindows): void {
    const { windows } = this.#sessions;
    const met = this.#met.get(keyId);
    const members: number[] = [];
    for (const { start, end } of from) {
      if (met === undefined) this.#addWritten(members, keyId, bytes, start, end);
      else members.push(...met.of(bytes.subarray(start, end)));
    }
    windows.read(bytes, into.start, false);
    const [only] = members;
    if (only === undefined || (members.length === 1 && windows.equals(only))) return;
    for (const { start, end } of from) met?.remove(bytes.subarray(start, end));
    const id = this.#merging.merge(members);
    met?.add(id);
    this.#changed.push(id);
  }

  /** Adds the open sessions of a window to `members`. */
  #addWritten(
    members: number[],
    keyId: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const { table, windows } = this.#sessions;
    for (let s = table.first(keyId); s >= 0; s = table.next(s)) {
      if (!windows.isWritten(s, bytes, start, end)) continue;
      if ((this.#sessions.flags(s) & CLOSED) === 0) members.push(s);
    }
  }

  /** MRG-7: a window of its own that equals one that is closed is closed; a merge opens it again. */
  #checkClosed(id: number): void {
    const sessions = this.#sessions;
    const flags = sessions.flags(id);
    if ((flags & GONE) !== 0) return;
    const { table, windows } = sessions;
    for (let s = table.first(table.keyOf(id)); s >= 0; s = table.next(s)) {
      if (s === id || (sessions.flags(s) & CLOSED) === 0 || !windows.areEqual(s, id)) continue;
      if ((flags & NEW) !== 0 && (flags & MERGED) === 0) {
        sessions.close(id);
      } else {
        sessions.remove(s);
        table.release(s);
      }
      return;
    }
  }
}
