// What a bug here looks like: a runner that cuts the values of a list where none ends.
import { expect, it } from '@jest/globals';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { CODER_URN } from '#portability/urns.js';
import { orderedList, pipeline, s } from '#sdk/index.js';
import { buildGraph } from '#sdk/translate/build-graph.js';
import { withWidelyKnownSteps } from './widely-known-steps.js';

it('the coder of an ordered list says that its values have their length in front of them', () => {
  const { graph } = buildGraph(
    pipeline('lists', (p) => {
      p.of([1])
        .keyBy((n) => n)
        .stateful({
          state: { list: orderedList(s.int32) },
          element: (n, { state }) => state.list.add(n, 0),
        });
    }),
    {},
  );
  const known = withWidelyKnownSteps(graph);
  const lists = [...known.components.transforms.values()].flatMap((transform) => {
    const spec = readTransformSpec(transform);
    return spec.kind === 'par-do' ? [...spec.stateSpecs.values()] : [];
  });
  expect(lists).toHaveLength(1);
  const [list] = lists;
  const coder =
    list?.kind === 'ordered-list' ? known.components.coders.get(list.coderId) : undefined;
  expect(coder?.spec.urn).toBe(CODER_URN.LENGTH_PREFIX);
  expect(known.components.coders.has(coder!.componentIds[0]!)).toBe(true);
});
