// What a bug here would look like: a write that is lost, or that another key gets.
import { expect, it } from '@jest/globals';
import { bag, combining, eventTimer, mapOf, orderedList, s, setOf, sum, value } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { runTest } from 'strahl/testing';

/** Behind whatever waits for nothing but its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const state = {
  value: value(s.int, 0),
  sum: combining(sum((n: number) => n)),
  bag: bag(s.int),
  set: setOf(s.int),
  map: mapOf(s.int, s.int),
  list: orderedList(s.int),
};

it.each(['in-process', 'bytes'] as const)(
  'state and timers that are used behind their call are refused, %s',
  async (connection) => {
    const uses: (() => unknown)[] = [];
    const r = await runTest(
      (p) => ({
        out: p
          .of([1])
          .keyBy((n) => n)
          .stateful({
            state,
            timers: { timer: eventTimer() },
            element(n, { state: c, timers: { timer } }) {
              c.value.write(n);
              uses.push(
                () => c.value.read(),
                () => {
                  c.value.write(2);
                },
                () => {
                  c.value.clear();
                },
                () => {
                  c.sum.add(2);
                },
                () => {
                  c.bag.add(2);
                },
                () => c.bag[Symbol.asyncIterator](),
                () => {
                  c.set.add(2);
                },
                () => {
                  c.map.set(1, 2);
                },
                () => {
                  c.list.add(2, 2);
                },
                () => {
                  timer.at(5);
                },
                () => {
                  timer.clear();
                },
              );
            },
            onTimer: { timer: () => ['fired'] },
            onWindowExpiration: ({ state: c }) => [c.value.read()],
          }),
      }),
      { runner: directRunner({ connection }) },
    );
    expect(r.out.values).toEqual([1]);
    for (const use of uses) {
      expect(use).toThrow('used its state or a timer after its call had ended');
    }
  },
);

it.each(['in-process', 'bytes'] as const)(
  'state of an asynchronous call is refused behind it while calls of other keys go on, %s',
  async (connection) => {
    const keys = Array.from({ length: 50 }, (_, i) => i);
    const late: (() => void)[] = [];
    let uses = 0;
    let refused = 0;
    const r = await runTest(
      (p) => ({
        out: p
          .of(keys)
          .keyBy((n) => n)
          .stateful({
            state: { last: value(s.int, 0) },
            async element(n, { state: { last } }) {
              await turn();
              last.write(n);
              for (const use of late) {
                uses++;
                try {
                  use();
                } catch {
                  refused++;
                }
              }
              if (n % 10 === 0) {
                // When this call has ended.
                setImmediate(() => {
                  late.push(() => {
                    last.write(1_000);
                  });
                });
              }
            },
            onWindowExpiration: ({ state: { last } }) => [last.read()],
          }),
      }),
      { runner: directRunner({ connection }) },
    );
    expect(r.out.values).toEqual(keys);
    expect(uses).toBeGreaterThan(0);
    expect(refused).toBe(uses);
  },
);
