import { hashBytes } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { GroupBuffer } from './group-buffer.js';
import { GroupTable } from './group-table.js';
import type { Session } from './merging.js';

const MIN_DEAD_KEYS = 1024;

/** The keys that have sessions, and their sessions. Keys whose sessions are over are forgotten in time. */
export class SessionKeys {
  keys: GroupBuffer = new GroupBuffer();
  #table = new GroupTable(this.keys);
  #sessions: Session[][] = [];
  #dead = 0;

  get heldBytes(): number {
    return this.keys.heldBytes + this.#table.heldBytes;
  }

  /** Number of the key `bytes[start, end)`, a new one if it is not known. */
  idOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const known = this.#table.find(bytes, start, end, hash);
    if (known >= 0) {
      if (this.#sessions[known]!.length === 0) this.#dead--;
      return known;
    }
    const id = this.keys.create(bytes, start, end, 0);
    this.#table.insert(hash, id);
    this.#sessions.push([]);
    return id;
  }

  sessionsOf(keyId: number): Session[] {
    return this.#sessions[keyId]!;
  }

  /** Every session that is not over. */
  *all(): Iterable<Session> {
    for (const sessions of this.#sessions) yield* sessions;
  }

  /** Removes a session that is over. Call `forget` when no key number is held elsewhere. */
  remove(session: Session): void {
    session.gone = true;
    const sessions = this.#sessions[session.keyId]!;
    sessions.splice(sessions.indexOf(session), 1);
    if (sessions.length === 0) this.#dead++;
  }

  /** Makes the tables anew when most of their keys are over. */
  forget(): void {
    if (this.#dead < MIN_DEAD_KEYS || this.#dead * 2 < this.keys.size) return;
    const before = this.keys;
    const sessions = this.#sessions;
    this.keys = new GroupBuffer();
    this.#table = new GroupTable(this.keys);
    this.#sessions = [];
    this.#dead = 0;
    const out = new ByteWriter(64);
    sessions.forEach((live, oldId) => {
      if (live.length === 0) return;
      out.pos = 0;
      before.writeKey(oldId, out);
      const id = this.idOf(out.bytes, 0, out.pos, hashBytes(out.bytes, 0, out.pos));
      for (const session of live) session.keyId = id;
      this.#sessions[id] = live;
    });
  }
}
