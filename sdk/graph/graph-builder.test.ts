import { expect, it } from '@jest/globals';
import { count, fixed, pipeline, s, type PCollection } from '../index.js';
import { pathOfNode, type TransformNode } from './graph-node.js';
import { buildSteps } from './build-steps.js';
import { descriptionOfPipeline } from '../pipeline-description.js';
import { buildGraph } from '../translate/build-graph.js';
import type { Root } from '../collections/root.js';

async function steps(build: (p: Root) => unknown): Promise<readonly TransformNode[]> {
  const { roots } = buildSteps(descriptionOfPipeline(pipeline('t', build))!, {});
  const all = (nodes: readonly TransformNode[]): readonly TransformNode[] =>
    nodes.flatMap((node) => [node, ...all(node.children)]);
  return all(roots);
}

const names = async (build: (p: Root) => unknown): Promise<readonly string[]> =>
  (await steps(build)).map(pathOfNode);

it('gives steps of one method ordinals, which naming one of them leaves alone', async () => {
  const found = await names((p) => {
    const id = (x: number): number => x;
    p.impulse()
      .map(() => 1)
      .map(id)
      .map(id)
      .named('last')
      .map(id);
  });
  expect(found).toEqual(['impulse', 'map', 'map#2', 'last', 'map#4']);
});

it('opens a scope named after the composite, or as given', async () => {
  const twice = (c: PCollection<Uint8Array>): unknown => c.map(() => 1).map(() => 2);
  const found = await names((p) => {
    p.impulse().apply(twice);
    p.impulse().apply('Twice', twice);
    p.impulse().pipe(twice);
  });
  expect(found.filter((name) => name.includes('wice'))).toEqual([
    'twice',
    'twice/map',
    'twice/map#2',
    'Twice',
    'Twice/map',
    'Twice/map#2',
    'twice#2',
    'twice#2/map',
    'twice#2/map#2',
  ]);
});

it('names the composite that a method made, not a part of it', async () => {
  const found = await names((p) => p.impulse().count().named('size'));
  expect(found[1]).toBe('size');
  expect(found.slice(2).every((name) => name.startsWith('size/'))).toBe(true);
});

it('knows where each step was written, parts of library composites included', async () => {
  const [impulse, ...rest] = await steps((p) => p.impulse().count());
  expect(impulse!.site).toMatch(/^sdk\/graph\/graph-builder\.test\.ts:\d+:\d+$/);
  const sites = new Set(rest.map((node) => node.site));
  expect(sites.size).toBe(1);
  expect([...sites][0]).not.toBe(impulse!.site);
});

it('gives the same bytes on every run', async () => {
  const build = (): { readonly bytes: Uint8Array } =>
    buildGraph(
      pipeline('t', (p) => {
        const a = p
          .of([{ id: 1 }], s.row({ id: s.int64 }))
          .window(fixed('1m'))
          .keyBy('id');
        a.combine({ n: count() });
        a.groupByKey();
      }),
      {},
    );
  const [first, second] = [build(), build()];
  expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
});

it('describes a windowing, a coder and an environment once', async () => {
  const { graph } = buildGraph(
    pipeline('t', (p) => {
      for (let i = 0; i < 3; i++)
        p.of([1])
          .window(fixed('1m'))
          .keyBy((x) => x)
          .groupByKey();
    }),
    {},
  );
  const { windowingStrategies, coders, environments } = graph.components;
  expect(windowingStrategies.size).toBe(2);
  expect(new Set([...coders.values()].map((c) => JSON.stringify(c))).size).toBe(coders.size);
  expect([...environments.keys()]).toEqual(['strahl']);
});

it('gives user code an environment, and none to what the runner implements', async () => {
  const { graph } = buildGraph(
    pipeline('t', (p) =>
      p
        .of([1])
        .keyBy((x) => x)
        .groupByKey(),
    ),
    {},
  );
  const environmentOf = new Map(
    [...graph.components.transforms.values()].map((t) => [t.uniqueName, t.environmentId]),
  );
  expect(environmentOf.get('keyBy')).toBe('strahl');
  expect(environmentOf.get('groupByKey')).toBeUndefined();
  expect(environmentOf.get('of/impulse')).toBeUndefined();
});

it('names the element of p.of that cannot be encoded', async () => {
  const run = pipeline('t', (p) => p.of([1, () => 2])).run();
  await expect(run).rejects.toMatchObject({
    code: expect.stringMatching(/^STRAHL-5/),
    title: 'element 1 of p.of cannot be encoded',
    step: 'of',
    site: expect.stringContaining('graph-builder.test.ts'),
  });
});
