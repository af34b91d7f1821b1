import type { ElementCoder } from '#portability/coders/coder.js';
import type { StateCell, StatePage } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import type { Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { SideShape } from '../dofn/user-function.js';
import { isThenable } from './operators/async-queue.js';
import type { RunningStage } from './running-stage.js';
import { sideValue } from './side-value.js';
import type { Step } from './step.js';

/** One side input of one step. */
export interface SideInput {
  readonly name: string;
  readonly transform: TransformId;
  readonly shape: SideShape;
  readonly coder: ElementCoder<unknown>;
  readonly windowCoder: ElementCoder<Window>;
  /** The side window that is read with a main window (SID-1). */
  readonly map: (main: Window) => Window;
}

type SideValues = Readonly<Record<string, unknown>>;

/**
 * Reads the side inputs of one step. A value is decoded once per side window and bundle, and is the
 * same object for all elements (SID-5).
 */
export class SideInputs {
  readonly #stage: RunningStage;
  readonly #step: Step;
  readonly #inputs: readonly SideInput[];
  /** Per input: values by encoded side window. */
  readonly #values: readonly Map<string, unknown>[];
  #lastWindow: Window | undefined;
  #lastValues: SideValues | undefined;

  constructor(stage: RunningStage, step: Step, inputs: readonly SideInput[]) {
    this.#stage = stage;
    this.#step = step;
    this.#inputs = inputs;
    this.#values = inputs.map(() => new Map<string, unknown>());
  }

  /** A new bundle may see newer panes. */
  forget(): void {
    this.#lastWindow = undefined;
    this.#lastValues = undefined;
    for (const values of this.#values) values.clear();
  }

  /** The values for a main window, if they can be had without waiting. */
  now(main: Window): SideValues | undefined {
    if (main === this.#lastWindow) return this.#lastValues;
    const values: Record<string, unknown> = {};
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i]!;
      const window = encodeWindow(input, main);
      if (!this.#load(i, input, window)) return undefined;
      values[input.name] = this.#values[i]!.get(idOf(window));
    }
    this.#lastWindow = main;
    this.#lastValues = values;
    return values;
  }

  /** Loads what `now` lacks. */
  async fetch(main: Window): Promise<void> {
    await Promise.all(
      this.#inputs.map(async (input, i) => {
        const window = encodeWindow(input, main);
        if (!this.#load(i, input, window)) await this.#loading.get(`${String(i)} ${idOf(window)}`);
      }),
    );
    this.#lastWindow = undefined;
  }

  /** Reads under way, by input and window. */
  readonly #loading = new Map<string, Promise<void>>();

  #load(i: number, input: SideInput, window: Uint8Array): boolean {
    const id = idOf(window);
    if (this.#values[i]!.has(id)) return true;
    const key = `${String(i)} ${id}`;
    if (this.#loading.has(key)) return false;
    const pages = this.#pages(input, window);
    if (!isThenable(pages)) {
      this.#keep(i, input, id, pages);
      return true;
    }
    this.#loading.set(
      key,
      pages.then((all) => {
        this.#keep(i, input, id, all);
        this.#loading.delete(key);
      }),
    );
    return false;
  }

  #keep(i: number, input: SideInput, id: string, pages: readonly Uint8Array[]): void {
    try {
      const elements = decodeAll(input.coder, pages);
      this.#values[i]!.set(id, sideValue(input.shape, elements));
    } catch (e) {
      throw this.#step.wrap(e);
    }
  }

  /** All pages of a cell; waits only where the state does. */
  #pages(
    { transform, name }: SideInput,
    window: Uint8Array,
  ): readonly Uint8Array[] | Promise<readonly Uint8Array[]> {
    const key = { kind: 'iterable-side-input', transform, sideInput: name, window } as const;
    const { state } = this.#stage.bundle;
    const pages: Uint8Array[] = [];
    const read = (token?: Uint8Array): readonly Uint8Array[] | Promise<readonly Uint8Array[]> => {
      const cell: StateCell = token === undefined ? { key } : { key, token };
      const answer = state.read([cell]);
      return isThenable(answer) ? answer.then(([page]) => take(page!)) : take(answer[0]!);
    };
    const take = (page: StatePage): readonly Uint8Array[] | Promise<readonly Uint8Array[]> => {
      pages.push(page.data);
      return page.token === undefined ? pages : read(page.token);
    };
    return read();
  }
}

function encodeWindow({ map, windowCoder }: SideInput, main: Window): Uint8Array {
  const out = new ByteWriter(32);
  windowCoder.encode(map(main), out);
  return out.toBytes();
}

function idOf(window: Uint8Array): string {
  return Buffer.from(window.buffer, window.byteOffset, window.length).toString('latin1');
}

/** A page may end within an element. */
function decodeAll(coder: ElementCoder<unknown>, pages: readonly Uint8Array[]): unknown[] {
  const bytes = pages.length === 1 ? pages[0]! : Buffer.concat(pages);
  const reader = new ByteReader(bytes);
  const elements: unknown[] = [];
  while (reader.remaining > 0) elements.push(coder.decode(reader));
  return elements;
}
