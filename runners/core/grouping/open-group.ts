import type { ElementCoder } from '#portability/coders/coder.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { GroupBuffer } from './group-buffer.js';
import type { GroupParts } from './group-parts.js';

/** A group as `explain` sees it. */
export interface OpenGroup {
  /** Encoded. */
  readonly key: Uint8Array;
  readonly window: Window;
  /** When it is collected: end of the window and allowed lateness. */
  readonly expiry: EventTime;
  /** Values, or accumulators under a lifted combine, that no pane has taken for good. */
  readonly buffered: number;
  readonly bytes: number;
  /** The watermark has passed the end of the window. */
  readonly ended: boolean;
  /** The trigger has finished: elements are refused until the group is collected. */
  readonly closed: boolean;
}

/** The groups of a window that does not merge. */
export function* groupsOfWindow(
  { bytes, expiry, buffer, parts }: WindowOfGroups,
  ended: boolean,
  coder: ElementCoder<Window>,
  isClosed: (id: number) => boolean = () => false,
): Generator<OpenGroup> {
  const window = coder.decode(new ByteReader(bytes));
  for (let id = 0; id < buffer.created; id++)
    yield openGroup(buffer, id, { window, expiry, ended, closed: isClosed(id) });
  for (const record of parts?.records() ?? []) {
    const { view, start, keyEnd, end, count: buffered } = record;
    const key = copyOf((out) => {
      out.run(view, start, keyEnd);
    });
    yield { key, window, expiry, buffered, bytes: end - keyEnd, ended, closed: false };
  }
}

interface WindowOfGroups {
  readonly bytes: Uint8Array;
  readonly expiry: EventTime;
  readonly buffer: GroupBuffer;
  readonly parts?: GroupParts | undefined;
}

function openGroup(
  buffer: GroupBuffer,
  id: number,
  of: Pick<OpenGroup, 'window' | 'expiry' | 'ended' | 'closed'>,
): OpenGroup {
  return { key: keyIn(buffer, id), ...of, buffered: buffer.countOf(id), bytes: buffer.bytesOf(id) };
}

/** A copy of a group's encoded key. */
export function keyIn(keys: GroupBuffer, id: number): Uint8Array {
  return copyOf((out) => {
    keys.writeKey(id, out);
  });
}

function copyOf(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter(64);
  write(out);
  return out.toBytes();
}
