import type { ElementCoder } from '#portability/coders/coder.js';
import type { StateAccess, StatePage } from '#portability/fnapi/connection.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { CombiningState, ValueState } from '../../dofn/state.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import type { Step } from '../steps/step.js';
import type { EagerCell, KeyScope } from './key-scope.js';

/**
 * A cell of at most one encoded value, decoded once per key and bundle.
 *
 *   V1. `isLoaded` is false until the cell is read or written; in one process it is then read at once.
 *   V2. Only what was written goes to the runner.
 *   V3. A runner elsewhere is not told to clear what it said is empty: each request is a message of its own.
 */
abstract class SingleCell implements EagerCell {
  readonly name: string;
  isLoaded = false;
  protected present = false;
  protected content: unknown = undefined;
  protected dirty = false;
  /** What the runner said of this key. */
  #wasEmpty = false;
  protected readonly scope: KeyScope;
  protected readonly step: Step;
  readonly #coder: ElementCoder<unknown>;
  readonly #input = new ByteReader(new Uint8Array(0));
  /** The runner's number of the state. */
  #number = -1;
  readonly #out = new ByteWriter(64);

  constructor(name: string, scope: KeyScope, coder: ElementCoder<unknown>, step: Step) {
    this.name = name;
    this.scope = scope;
    this.#coder = coder;
    this.step = step;
  }

  open({ bags }: StateAccess): void {
    this.#number = bags?.stateNumber(this.name) ?? -1;
  }

  enter(): void {
    this.isLoaded = false;
    this.#wasEmpty = false;
    this.dirty = false;
    this.present = false;
    this.content = undefined;
  }

  load({ data }: StatePage): void {
    this.#wasEmpty = data.length === 0;
    this.#input.reset(data, 0, data.length);
    this.#decode(data.length > 0);
  }

  flush(): void {
    // Whoever keeps the cell beyond its call comes to the check again.
    this.isLoaded = false;
    if (!this.dirty) return;
    this.dirty = false;
    const out = this.#out;
    out.pos = 0;
    if (this.present) this.#encode(out);
    const { scope, name } = this;
    const { direct } = scope;
    if (direct !== undefined) {
      direct.replace(scope.place, this.#number, out.bytes, 0, out.pos);
      return;
    }
    const key = scope.bagKey(name);
    if (!this.#wasEmpty) scope.clear(key);
    this.#wasEmpty = out.pos === 0;
    if (out.pos > 0) scope.append(key, out.toBytes());
  }

  clear(): void {
    if (!this.isLoaded) this.scope.requireOpen(this.step);
    this.isLoaded = true;
    this.present = false;
    this.content = undefined;
    this.dirty = true;
  }

  protected ensureLoaded(): void {
    if (this.isLoaded) return;
    const { scope } = this;
    scope.requireOpen(this.step);
    const { direct } = scope;
    if (direct === undefined) throw new RangeError(`state ${this.name} is read too early`);
    this.#decode(direct.point(scope.place, this.#number, this.#input));
  }

  #decode(present: boolean): void {
    this.isLoaded = true;
    this.present = present;
    try {
      this.content = present ? this.#coder.decode(this.#input) : undefined;
    } catch (e) {
      throw this.step.wrap(e);
    }
  }

  #encode(out: ByteWriter): void {
    try {
      this.#coder.encode(this.content, out);
    } catch (e) {
      throw this.step.wrap(e, { value: this.content });
    }
  }
}

export class ValueCell extends SingleCell implements ValueState<unknown> {
  readonly #initial: () => unknown;

  constructor(
    name: string,
    scope: KeyScope,
    coder: ElementCoder<unknown>,
    step: Step,
    initial: unknown,
  ) {
    super(name, scope, coder, step);
    this.#initial = freshly(initial, coder);
  }

  read(): unknown {
    this.ensureLoaded();
    return this.present ? this.content : this.#initial();
  }

  write(value: unknown): void {
    if (!this.isLoaded) this.scope.requireOpen(this.step);
    this.isLoaded = true;
    this.present = true;
    this.content = value;
    this.dirty = true;
  }
}

/** A function that may change what it reads must not change what others are given. */
function freshly(initial: unknown, coder: ElementCoder<unknown>): () => unknown {
  if (typeof initial !== 'object' || initial === null) return () => initial;
  const out = new ByteWriter(64);
  coder.encode(initial, out);
  const bytes = out.toBytes();
  return () => coder.decode(new ByteReader(bytes));
}

export class CombiningCell extends SingleCell implements CombiningState<unknown, unknown> {
  readonly #fn: CombineFnSpec;

  constructor(
    name: string,
    scope: KeyScope,
    coder: ElementCoder<unknown>,
    step: Step,
    fn: CombineFnSpec,
  ) {
    super(name, scope, coder, step);
    this.#fn = fn;
  }

  add(input: unknown): void {
    this.ensureLoaded();
    const accumulator = this.present ? this.content : this.#fn.create();
    this.content = this.#fn.add(accumulator, input);
    this.present = true;
    this.dirty = true;
  }

  read(): unknown {
    this.ensureLoaded();
    return this.#fn.extract(this.present ? this.content : this.#fn.create());
  }
}
