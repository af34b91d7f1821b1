import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { pipeline as connect } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { checkChoice } from '../checked-options.js';
import { fileError } from '../file-error.js';
import type { OutputFormat, PartWriter } from './output-format.js';
import { appendAll } from './write-all.js';

/** How lines are written. */
export interface LineOutputOptions {
  /** Default `'none'`. */
  readonly compression?: 'none' | 'gzip';
  /** Text at the beginning of every file, terminator included. */
  readonly head?: string;
}

/** Strings as lines, in UTF-8, each ended by `\n`. Packed parts are members of one gzip file. */
export function lineOutput(options: LineOutputOptions): OutputFormat<string> {
  checkChoice('compression', options.compression, ['none', 'gzip']);
  const pack = (text: string): Uint8Array => {
    const bytes = Buffer.from(text);
    return options.compression === 'gzip' ? gzipSync(bytes) : bytes;
  };
  return {
    openPart: (file) => new LinePart(file, pack),
    async join(parts, to) {
      const head = options.head ?? '';
      if (head === '' && parts.length === 1 && parts[0] !== undefined)
        return linkOrCopy(parts[0], to);
      // An empty gzip file still has a member: no bytes at all would be no gzip.
      appendAll(to, head === '' && parts.length > 0 ? new Uint8Array() : pack(head));
      for (const part of parts) await append(part, to);
    },
  };
}

class LinePart implements PartWriter<string> {
  readonly #file: string;
  readonly #pack: (text: string) => Uint8Array;
  #held = '';

  constructor(file: string, pack: (text: string) => Uint8Array) {
    this.#file = file;
    this.#pack = pack;
  }

  add(line: string): number {
    this.#held += `${line}\n`;
    return line.length + 1;
  }

  flush(): void {
    if (this.#held === '') return;
    appendAll(this.#file, this.#pack(this.#held));
    this.#held = '';
  }
}

/** A link keeps the part for a repeated bundle and costs no copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to).catch(() => copyFile(from, to));
  } catch (e) {
    throw fileError('write', to, e);
  }
}

async function append(part: string, to: string): Promise<void> {
  try {
    await connect(createReadStream(part), createWriteStream(to, { flags: 'a' }));
  } catch (e) {
    throw fileError('write', to, e);
  }
}
