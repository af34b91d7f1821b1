import type { ElementCoder } from '#portability/coders/coder.js';
import type { StateAccess } from '#portability/fnapi/connection.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { BagState, ReadAtOnce } from '../../dofn/state.js';
import type { Step } from '../steps/step.js';
import type { Cell, KeyScope } from './key-scope.js';
import { isEmpty, valuesOf } from './state-pages.js';

/** More is given to the runner at once, so that a bag may grow beyond memory in one bundle. */
const BUFFER_BYTES = 64 * 1024;

/** A bag of the key in scope; what is added waits in a buffer. */
export class BagCell implements BagState<unknown>, ReadAtOnce, Cell {
  readonly #name: string;
  readonly #scope: KeyScope;
  readonly #coder: ElementCoder<unknown>;
  readonly #step: Step;
  readonly #added = new ByteWriter(64);
  readonly #input = new ByteReader(new Uint8Array(0));
  #cleared = false;
  /** The runner's number of the state. */
  #number = -1;

  constructor(name: string, scope: KeyScope, coder: ElementCoder<unknown>, step: Step) {
    this.#name = name;
    this.#scope = scope;
    this.#coder = coder;
    this.#step = step;
  }

  open({ bags }: StateAccess): void {
    this.#number = bags?.stateNumber(this.#name) ?? -1;
  }

  enter(): void {
    this.#added.pos = 0;
    this.#cleared = false;
  }

  flush(): void {
    if (!this.#cleared && this.#added.pos === 0) return;
    const scope = this.#scope;
    const added = this.#added;
    if (scope.direct !== undefined) {
      if (this.#cleared) scope.direct.empty(scope.place, this.#number);
      if (added.pos > 0) scope.direct.add(scope.place, this.#number, added.bytes, 0, added.pos);
    } else {
      const key = scope.bagKey(this.#name);
      if (this.#cleared) scope.clear(key);
      if (added.pos > 0) scope.append(key, added.toBytes());
    }
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
    if (this.#cleared) return true;
    const { direct } = this.#scope;
    if (direct === undefined) return isEmpty(this.#scope, this.#scope.bagKey(this.#name));
    return !direct.point(this.#scope.place, this.#number, this.#input);
  }

  atOnce(): unknown[] | undefined {
    const scope = this.#scope;
    scope.requireOpen(this.#step);
    if (scope.direct === undefined) return undefined;
    this.flush();
    const input = this.#input;
    const values: unknown[] = [];
    if (!scope.direct.point(scope.place, this.#number, input)) return values;
    try {
      while (input.remaining > 0) values.push(this.#coder.decode(input));
    } catch (e) {
      throw this.#step.wrap(e);
    }
    return values;
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    this.#scope.requireOpen(this.#step);
    this.flush();
    const key = this.#scope.bagKey(this.#name);
    return valuesOf(this.#scope, key, (input) => this.#coder.decode(input), this.#step);
  }
}
