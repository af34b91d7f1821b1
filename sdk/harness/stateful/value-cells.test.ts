// What a bug here looks like: a value that another one wrote before stays, or each key costs a message more.
import { describe, expect, it } from '@jest/globals';
import { varintCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import type { StateAccess, UserStateKey } from '#portability/fnapi/connection.js';
import { transformId } from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import { GLOBAL_WINDOW } from '#portability/model/windows.js';
import { hashBytes } from '#portability/wire/frames.js';
import type { Step } from '../steps/step.js';
import { KeyScope } from './key-scope.js';
import { ValueCell } from './value-cells.js';

/** A runner elsewhere: what it is asked, and what it keeps. */
class Elsewhere implements StateAccess {
  readonly asked: string[] = [];
  readonly #kept = new Map<string, Buffer>();

  #nameOf(what: string, { key }: UserStateKey): string {
    const name = Buffer.from(key).toString('hex');
    this.asked.push(`${what} ${name}`);
    return name;
  }

  read(cells: Parameters<StateAccess['read']>[0]) {
    const pages = cells.map(({ key }) => ({
      data: this.#kept.get(this.#nameOf('read', key as UserStateKey)) ?? Buffer.alloc(0),
    }));
    return Promise.resolve(pages);
  }

  append(key: UserStateKey, data: Uint8Array): Promise<void> {
    const name = this.#nameOf('append', key);
    this.#kept.set(name, Buffer.concat([this.#kept.get(name) ?? Buffer.alloc(0), data]));
    return Promise.resolve();
  }

  clear(key: UserStateKey): Promise<void> {
    this.#kept.delete(this.#nameOf('clear', key));
    return Promise.resolve();
  }
}

const step = { wrap: (e: unknown) => e } as unknown as Step;

/** Calls functions for keys of one byte, one after the other. */
async function call(
  runner: Elsewhere,
  ...calls: readonly (readonly [number, (cell: ValueCell) => void])[]
): Promise<void> {
  const scope = new KeyScope(transformId('t'), varintCoder, globalWindowCoder, duration(0));
  const cell = new ValueCell('seen', scope, varintCoder, step, 0);
  scope.addEager(cell);
  scope.open(runner);
  for (const [key, work] of calls) {
    const bytes = Uint8Array.of(key);
    const located = { bytes, start: 0, end: 1, hash: hashBytes(bytes, 0, 1), place: -1 };
    scope.enter(located, GLOBAL_WINDOW);
    await scope.load();
    work(cell);
  }
  scope.leave();
  await scope.settled();
}

const add = (cell: ValueCell): void => cell.write((cell.read() as number) + 1);

describe('a value that a runner elsewhere keeps', () => {
  it('is not cleared before it is written for the first time', async () => {
    const runner = new Elsewhere();
    await call(runner, [1, add], [2, add]);
    expect(runner.asked).toEqual(['read 01', 'append 01', 'read 02', 'append 02']);
  });

  it('STA-1: is replaced by what is written to it later, in this bundle and in the next', async () => {
    const runner = new Elsewhere();
    let last: unknown;
    await call(runner, [1, add], [2, add], [1, add]);
    await call(runner, [1, add]);
    await call(runner, [1, (cell) => void (last = cell.read())]);
    expect(last).toBe(3);
    expect(runner.asked.filter((text) => text === 'clear 01')).toHaveLength(2);
  });

  it('is not cleared again when it is empty and stays so', async () => {
    const runner = new Elsewhere();
    await call(runner, [1, (cell) => cell.clear()]);
    expect(runner.asked).toEqual(['read 01']);
    await call(runner, [1, add]);
    await call(runner, [1, (cell) => cell.clear()]);
    expect(runner.asked.at(-1)).toBe('clear 01');
  });
});
