import { count, fixed, pipeline, sum } from 'strahl';

/**
 * Runs three pipelines of other shapes, so that what is measured afterwards meets call sites that have
 * already seen other functions, other element shapes and other coders, as in a process that does work.
 */
export async function pollute(): Promise<void> {
  await pipeline('words', (p) =>
    p
      .of(['a b', 'b c', 'c d e'])
      .flatMap((line) => line.split(' '))
      .countPerElement()
      .map(([word, n]) => `${word}${String(n)}`),
  ).run({});
  await pipeline('windows', (p) =>
    p
      .generateSequence({ to: 20_000 })
      .withTimestamps((n) => n * 10)
      .window(fixed('1s'))
      .keyBy((n) => n % 7)
      .combine({ n: count(), total: sum((x) => x) })
      .mapValues((v) => v.total / v.n),
  ).run({});
  await pipeline('groups', (p) =>
    p
      .of([
        { user: 'a', tags: ['x', 'y'], at: 1 },
        { user: 'b', tags: [], at: 2 },
      ])
      .keyBy('user')
      .groupByKey()
      .flatMap(async ([user, group]) => (await group.toArray()).map((v) => ({ user, at: v.at })))
      .filter((v) => v.at > 0),
  ).run({});
}
