import type { FileHandle } from 'node:fs/promises';
import { Message, RecordBatchStreamWriter } from 'apache-arrow';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { StrahlError } from '#portability/errors.js';
import { checkFooter, checkMessage } from './metadata-bounds.js';

/** A message in a file: metadata and body. */
export interface Block {
  readonly offset: number;
  readonly bytes: number;
}

/** Where the messages of an Arrow file stand. */
export interface IpcLayout {
  /** The schema as a message of a stream. */
  readonly schema: Uint8Array;
  readonly dictionaries: readonly Block[];
  readonly batches: readonly Block[];
}

/** Bounds on what is read of a file at once. */
export interface IpcLimits {
  /** Greatest record batch or dictionary, in bytes. Default 64 MiB. */
  readonly maxBatchBytes?: number;
}

const MAGIC = 'ARROW1';
/** Magic and padding in front of the first message of the file format. */
const FILE_START = 8;
/** Footer length and magic at the end of the file format. */
const FILE_END = 10;
/** Continuation word and a length of 0. */
const END_OF_STREAM_BYTES = 8;
const CONTINUATION = 0xffffffff;
const MAX_BATCH_BYTES = 64 * 1024 * 1024;

/**
 * Finds the messages of an IPC file or stream by walking over their headers; bodies are not read. Both
 * formats are the same sequence of messages, the file format between two magic words.
 *
 *   A1. Every length is checked against the bytes that are left before anything is allocated for it.
 *
 * @throws STRAHL-5002 for what is not an Arrow file, or ends too early
 * @throws STRAHL-5004 for a message beyond `maxBatchBytes`
 * @throws STRAHL-2001 for compressed batches
 */
export async function readLayout(
  path: string,
  handle: FileHandle,
  bytes: number,
  { maxBatchBytes = MAX_BATCH_BYTES }: IpcLimits,
): Promise<IpcLayout> {
  const head = await readAt(handle, 0, Math.min(FILE_START, bytes));
  const isFile = head.toString('latin1', 0, MAGIC.length) === MAGIC;
  const end = isFile ? await endOfMessages(path, handle, bytes) : bytes;
  const walk = { path, handle, end, maxBatchBytes };
  const [dictionaries, batches]: [Block[], Block[]] = [[], []];
  let schema: Block | undefined;
  let at = isFile ? FILE_START : 0;
  for (;;) {
    const found = await messageAt(walk, at, batches.length);
    if (found === undefined) break;
    const { message, block } = found;
    at = block.offset + block.bytes;
    if (message.isSchema()) schema ??= block;
    else if (message.isDictionaryBatch()) dictionaries.push(block);
    else if (message.isRecordBatch()) {
      checkBatch(path, batches.length, message);
      batches.push(block);
    }
  }
  return { schema: await schemaOf(walk, bytes, schema), dictionaries, batches };
}

/** From its message, or from the footer of a file whose writer left the message out. */
async function schemaOf(walk: Walk, size: number, block: Block | undefined): Promise<Uint8Array> {
  const { path, handle, end, maxBatchBytes } = walk;
  if (block !== undefined) return readBlocks(path, handle, [block]);
  if (end === size) throw broken(path, 'it holds no schema');
  if (size - end > maxBatchBytes) throw tooLarge(path, 'in its footer', maxBatchBytes);
  const tail = await readAt(handle, end, size - end);
  try {
    const bytes = tail.subarray(0, -FILE_END);
    checkFooter(bytes);
    const footer = Footer.decode(bytes);
    const writer = new RecordBatchStreamWriter();
    writer.reset(undefined, footer.schema);
    writer.close();
    return writer.toUint8Array(true).subarray(0, -END_OF_STREAM_BYTES);
  } catch (cause) {
    throw broken(path, 'its footer is damaged', cause);
  }
}

interface Walk {
  readonly path: string;
  readonly handle: FileHandle;
  readonly end: number;
  readonly maxBatchBytes: number;
}

/** The message at `at`; undefined at the end of the stream. */
async function messageAt(
  { path, handle, end, maxBatchBytes }: Walk,
  at: number,
  batch: number,
): Promise<{ readonly message: Message; readonly block: Block } | undefined> {
  if (at >= end) return undefined;
  const where = `after batch ${String(batch - 1)}, at byte ${String(at)}`;
  const prefix = await readAt(handle, at, Math.min(8, end - at));
  if (prefix.length < 4) throw broken(path, `it ends early ${where}`);
  // Streams of old writers have no continuation word in front of the length.
  const modern = prefix.readUInt32LE(0) === CONTINUATION;
  if (modern && prefix.length < 8) throw broken(path, `it ends early ${where}`);
  const metadataBytes = prefix.readInt32LE(modern ? 4 : 0);
  const start = at + (modern ? 8 : 4);
  if (metadataBytes === 0) return undefined;
  if (metadataBytes < 0 || metadataBytes > end - start) {
    throw broken(path, `it holds no message, or ends early, ${where}`);
  }
  if (metadataBytes > maxBatchBytes) throw tooLarge(path, where, maxBatchBytes);
  const message = decode(path, where, await readAt(handle, start, metadataBytes));
  const { bodyLength } = message;
  if (bodyLength < 0 || bodyLength > end - start - metadataBytes) {
    throw broken(path, `it ends early ${where}`);
  }
  if (bodyLength > maxBatchBytes) throw tooLarge(path, where, maxBatchBytes);
  return { message, block: { offset: at, bytes: start - at + metadataBytes + bodyLength } };
}

function decode(path: string, where: string, metadata: Uint8Array): Message {
  try {
    checkMessage(metadata);
    const message = Message.decode(metadata);
    // Decoding is lazy: a broken header shows only when it is asked for.
    message.header();
    return message;
  } catch (cause) {
    throw broken(path, `its metadata is damaged ${where}`, cause);
  }
}

/** Buffers must lie inside of the body, or the library would read something else. */
function checkBatch(path: string, batch: number, message: Message): void {
  if (!message.isRecordBatch()) return;
  const header = message.header();
  if (header.compression !== null) {
    throw new StrahlError('unsupportedFeature', {
      title: `${path} holds compressed record batches, which are not read`,
      fix: 'write the file without compression',
    });
  }
  const sound =
    header.length >= 0 &&
    header.buffers.every(
      ({ offset, length }) => offset >= 0 && length >= 0 && offset + length <= message.bodyLength,
    );
  if (!sound) throw broken(path, `batch ${String(batch)} names bytes outside of itself`);
}

async function endOfMessages(path: string, handle: FileHandle, bytes: number): Promise<number> {
  const tail = await readAt(handle, Math.max(0, bytes - FILE_END), FILE_END);
  const complete = bytes >= FILE_START + FILE_END && tail.toString('latin1', 4, FILE_END) === MAGIC;
  if (!complete) throw broken(path, 'its footer is missing: it ends too early');
  const footer = tail.readInt32LE(0);
  const end = bytes - FILE_END - footer;
  if (footer <= 0 || end < FILE_START) throw broken(path, 'the length of its footer is wrong');
  return end;
}

async function readAt(handle: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await handle.read(buffer, done, bytes - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

/** The bytes of some messages, one after the other. */
export async function readBlocks(
  path: string,
  handle: FileHandle,
  blocks: readonly Block[],
): Promise<Buffer> {
  const parts = await Promise.all(blocks.map((block) => readAt(handle, block.offset, block.bytes)));
  if (parts.some((part, i) => part.length < (blocks[i]?.bytes ?? 0))) {
    throw broken(path, 'it became shorter while it was read');
  }
  return Buffer.concat(parts);
}

export function broken(path: string, why: string, cause?: unknown): StrahlError {
  const title = `${path} is not a complete Arrow IPC file`;
  return new StrahlError(
    'cannotDecode',
    cause === undefined ? { title, why } : { title, why, cause },
  );
}

function tooLarge(path: string, where: string, limit: number): StrahlError {
  return new StrahlError('limitExceeded', {
    title: `a message of ${path} is larger than ${String(limit)} bytes`,
    position: `${path} ${where}`,
    fix: 'raise maxBatchBytes if the file is trusted',
  });
}
