import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline as connect } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { StrahlError } from '#portability/errors.js';
import { fileError, systemCodeOf } from '../file-error.js';
import type { Feed } from './replay.js';

/** How a file is packed; `'auto'` goes by the extension `.gz`, for standard input by the first bytes. */
export type Compression = 'auto' | 'none' | 'gzip';

/** Bounds on what a packed file may unpack to. */
export interface UnpackLimits {
  /** Default 1 GiB. */
  readonly maxUnpackedBytes?: number;
  /** Unpacked over packed bytes, checked behind the first MiB. Default 1,000. */
  readonly maxRatio?: number;
}

const OUT_BYTES = 256 * 1024;
const RATIO_FREE_BYTES = 1024 * 1024;
const GIB = 1024 ** 3;

export function isPacked(path: string, compression: Compression = 'auto'): boolean {
  return compression === 'gzip' || (compression === 'auto' && path.endsWith('.gz'));
}

/** The unpacked bytes of a gzip file; `onPacked` hears how many packed bytes were read. */
export function unpackFile(
  path: string,
  limits: UnpackLimits,
  onPacked: (bytes: number) => void,
): Feed<Buffer> {
  return unpack(createReadStream(path, { highWaterMark: OUT_BYTES }), path, limits, onPacked);
}

/**
 * @throws STRAHL-5002 (from `next`) if the bytes are not gzip or end early
 * @throws STRAHL-5004 (from `next`) beyond `limits`
 */
export function unpack(
  packed: Readable,
  path: string,
  limits: UnpackLimits,
  onPacked: (bytes: number) => void,
): Feed<Buffer> {
  const gunzip = createGunzip({ chunkSize: OUT_BYTES });
  let failure: unknown;
  connect(packed, gunzip, (e) => (failure ??= e ?? undefined));
  const pieces = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const guard = new UnpackGuard(path, gunzip, limits);
  let seen = 0;
  return {
    lengthOf: (piece) => piece.length,
    close: () => {
      gunzip.destroy();
      packed.destroy();
    },
    async next() {
      const step = await pieces.next().catch((e: unknown) => {
        throw guard.explain(failure ?? e);
      });
      onPacked(gunzip.bytesWritten - seen);
      seen = gunzip.bytesWritten;
      if (step.done === true) return undefined;
      guard.count(step.value.length);
      return step.value;
    },
  };
}

class UnpackGuard {
  readonly #path: string;
  readonly #gunzip: Gunzip;
  readonly #maxBytes: number;
  readonly #maxRatio: number;
  #bytes = 0;

  constructor(path: string, gunzip: Gunzip, limits: UnpackLimits) {
    this.#path = path;
    this.#gunzip = gunzip;
    this.#maxBytes = limits.maxUnpackedBytes ?? GIB;
    this.#maxRatio = limits.maxRatio ?? 1_000;
  }

  count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) {
      throw this.#beyond('maxUnpackedBytes', `more than ${String(this.#maxBytes)} bytes`);
    }
    const ratio = this.#bytes / Math.max(1, this.#gunzip.bytesWritten);
    if (this.#bytes > RATIO_FREE_BYTES && ratio > this.#maxRatio) {
      throw this.#beyond('maxRatio', `more than ${String(this.#maxRatio)} times its size`);
    }
  }

  #beyond(option: string, what: string): StrahlError {
    this.#gunzip.destroy();
    return new StrahlError('limitExceeded', {
      title: `${this.#path} unpacks to ${what}`,
      fix: `raise ${option} if the file is trusted`,
    });
  }

  explain(cause: unknown): StrahlError {
    const code = systemCodeOf(cause);
    if (code === undefined || !code.startsWith('Z_')) return fileError('read', this.#path, cause);
    const why = code === 'Z_BUF_ERROR' ? 'it ends too early' : (cause as Error).message;
    return new StrahlError('cannotDecode', {
      title: `${this.#path} is not a complete gzip file`,
      position: `${this.#path}, unpacked byte ${String(this.#bytes)}`,
      why,
      cause,
    });
  }
}
