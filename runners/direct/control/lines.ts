import { StringDecoder } from 'node:string_decoder';

/** Cuts what arrives into lines, however it is cut up on its way. */
export class Lines {
  readonly #longest: number;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @throws RangeError for a line beyond the limit */
  push(chunk: Uint8Array): readonly string[] {
    const parts = (this.#rest + this.#decoder.write(Buffer.from(chunk))).split('\n');
    this.#rest = parts.pop()!;
    if (this.#rest.length > this.#longest) throw new RangeError('the line is too long');
    return parts.filter((line) => line !== '');
  }
}
