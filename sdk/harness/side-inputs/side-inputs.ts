import type { ElementCoder } from '#portability/coders/coder.js';
import { StrahlError } from '#portability/errors.js';
import type { SideStateKey, StateReader } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import type { Window } from '#portability/model/windows.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { SideShape } from '../../dofn/user-function.js';
import { PagedGroup } from '../groups/paged-group.js';
import { isThenable } from '../answers.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { keyByKey, KeyedSide, keyedValue, type KeyedSource, type PairCoder } from './keyed-side.js';
import { readPage, readSide, readWhile } from './side-pages.js';
import { sideValue } from './side-value.js';

/** One side input of one step. */
export interface SideInput {
  readonly name: string;
  readonly transform: TransformId;
  readonly shape: SideShape;
  readonly coder: ElementCoder<unknown>;
  /** Of its elements, if it is read by keys. */
  readonly pair: PairCoder | undefined;
  readonly windowCoder: ElementCoder<Window>;
  /** Encoded bytes that the side inputs of a step may hold together while a bundle runs. */
  readonly maxBytes: number;
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
    this.#held = 0;
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
      values[input.name] = this.#values[i]!.get(latin1Of(window));
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
        if (!this.#load(i, input, window))
          await this.#loading.get(`${String(i)} ${latin1Of(window)}`);
      }),
    );
    this.#lastWindow = undefined;
  }

  #held = 0;

  /** Reads under way, by input and window. */
  readonly #loading = new Map<string, Promise<void>>();

  #load(i: number, input: SideInput, window: Uint8Array): boolean {
    const id = latin1Of(window);
    if (this.#values[i]!.has(id)) return true;
    const key = `${String(i)} ${id}`;
    if (this.#loading.has(key)) return false;
    const value = this.#read(input, window);
    if (!isThenable(value)) {
      this.#values[i]!.set(id, value);
      return true;
    }
    this.#loading.set(
      key,
      Promise.resolve(value).then((loaded) => {
        this.#values[i]!.set(id, loaded);
        this.#loading.delete(key);
      }),
    );
    return false;
  }

  #read(input: SideInput, window: Uint8Array): unknown {
    try {
      const value = this.#valueOf(input, window);
      if (!isThenable(value)) return value;
      return value.then(undefined, (e: unknown) => {
        throw this.#step.wrap(e);
      });
    } catch (e) {
      throw this.#step.wrap(e);
    }
  }

  /** The value, or a promise of it where the state waits. */
  #valueOf(input: SideInput, window: Uint8Array): unknown {
    const { transform, name, shape, coder, pair } = input;
    const { state } = this.#stage.bundle;
    const cell = { transform, sideInput: name, window };
    const spend = (bytes: number): void => {
      this.#held += bytes;
      if (this.#held > input.maxBytes) throw tooLarge(input);
    };
    if (pair !== undefined && (shape.kind === 'map' || shape.kind === 'multimap')) {
      return keyedSideOf({ state, cell, kind: shape.kind, coder: pair, spend });
    }
    const key = { kind: 'iterable-side-input', ...cell } as const;
    if (shape.kind === 'iterable') return this.#groupOf(input, state, key);
    const bytes = readSide(state, key, spend);
    const decoded = (all: Uint8Array): unknown => sideValue(shape, decodeAll(coder, all));
    return isThenable(bytes) ? bytes.then(decoded) : decoded(bytes);
  }

  /** All that is in it while that is little, a page at a time else. */
  #groupOf({ coder, shape, maxBytes }: SideInput, state: StateReader, key: SideStateKey): unknown {
    const groupOf = (all: Uint8Array | undefined): unknown => {
      if (all === undefined) return new PagedGroup(coder, (next) => readPage(state, key, next));
      this.#held += all.length;
      return sideValue(shape, decodeAll(coder, all));
    };
    let room = maxBytes - this.#held;
    const all = readWhile(state, key, (bytes) => (room -= bytes) >= 0);
    return isThenable(all) ? all.then(groupOf) : groupOf(all);
  }
}

function tooLarge({ name, shape, maxBytes }: SideInput): StrahlError {
  return new StrahlError('limitExceeded', {
    title: `the side input ${name} would hold more than ${String(maxBytes)} bytes in memory`,
    why: `a ${shape.kind} is there as a whole while its bundle runs`,
    fix: 'read it with .asIterable(), of which a page is there at a time, or give workers more: --memory 1GB',
  });
}

/** All of it, or what looks keys up if it is longer than a page and the state answers at once. */
function keyedSideOf(source: KeyedSource): unknown {
  const { state, cell, kind, coder, spend } = source;
  if (state.wholeMaps === false) return keyByKey(source);
  const key = { kind: 'multimap-keys-values-side-input', ...cell } as const;
  const whole = (bytes: Uint8Array): unknown => keyedValue(kind, coder, bytes);
  const first = readPage(state, key);
  if (isThenable(first)) return first.then((page) => readSide(state, key, spend, page)).then(whole);
  if (first.token !== undefined) return new KeyedSide(source);
  spend(first.data.length);
  return whole(first.data);
}

function encodeWindow({ map, windowCoder }: SideInput, main: Window): Uint8Array {
  const out = new ByteWriter(32);
  windowCoder.encode(map(main), out);
  return out.toBytes();
}

function decodeAll(coder: ElementCoder<unknown>, bytes: Uint8Array): unknown[] {
  const reader = new ByteReader(bytes);
  const elements: unknown[] = [];
  while (reader.remaining > 0) elements.push(coder.decode(reader));
  return elements;
}
