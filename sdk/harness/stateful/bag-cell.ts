import type { ElementCoder } from '#portability/coders/coder.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { BagState, ReadAtOnce } from '../../dofn/state.js';
import type { Step } from '../steps/step.js';
import type { Cell, KeyScope } from './key-scope.js';
import { isEmpty, valuesAtOnce, valuesOf } from './state-pages.js';

/** More is given to the runner at once, so that a bag may grow beyond memory in one bundle. */
const BUFFER_BYTES = 64 * 1024;

/** A bag of the key in scope; what is added waits in a buffer. */
export class BagCell implements BagState<unknown>, ReadAtOnce, Cell {
  readonly #name: string;
  readonly #scope: KeyScope;
  readonly #coder: ElementCoder<unknown>;
  readonly #step: Step;
  readonly #added = new ByteWriter(64);
  #cleared = false;

  constructor(name: string, scope: KeyScope, coder: ElementCoder<unknown>, step: Step) {
    this.#name = name;
    this.#scope = scope;
    this.#coder = coder;
    this.#step = step;
  }

  enter(): void {
    this.#added.pos = 0;
    this.#cleared = false;
  }

  flush(): void {
    if (!this.#cleared && this.#added.pos === 0) return;
    const key = this.#scope.bagKey(this.#name);
    if (this.#cleared) this.#scope.clear(key);
    if (this.#added.pos > 0) this.#scope.append(key, this.#added.toBytes());
    this.enter();
  }

  add(value: unknown): void {
    this.#scope.requireOpen(this.#step);
    try {
      this.#coder.encode(value, this.#added);
    } catch (e) {
      throw this.#step.wrap(e, { value });
    }
    if (this.#added.pos > BUFFER_BYTES) this.flush();
  }

  clear(): void {
    this.#scope.requireOpen(this.#step);
    this.#added.pos = 0;
    this.#cleared = true;
  }

  async isEmpty(): Promise<boolean> {
    this.#scope.requireOpen(this.#step);
    if (this.#added.pos > 0) return false;
    return this.#cleared || isEmpty(this.#scope, this.#scope.bagKey(this.#name));
  }

  atOnce(): unknown[] | undefined {
    this.#scope.requireOpen(this.#step);
    if (this.#scope.direct === undefined) return undefined;
    this.flush();
    const key = this.#scope.bagKey(this.#name);
    return valuesAtOnce(this.#scope, key, (input) => this.#coder.decode(input), this.#step);
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    this.#scope.requireOpen(this.#step);
    this.flush();
    const key = this.#scope.bagKey(this.#name);
    return valuesOf(this.#scope, key, (input) => this.#coder.decode(input), this.#step);
  }
}
