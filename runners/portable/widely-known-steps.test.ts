// What a bug here looks like: a runner that cuts the values of a list where none ends, or that never tells of the
// end of a window.
import { expect, it } from '@jest/globals';
import type { Graph } from '#portability/model/graph.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { CODER_URN, REQUIREMENT_URN } from '#portability/urns.js';
import { orderedList, pipeline, s } from '#sdk/index.js';
import { buildGraph } from '#sdk/translate/build-graph.js';
import { withWidelyKnownSteps } from './widely-known-steps.js';

function parDosOf(graph: Graph): readonly ParDoSpec[] {
  return [...graph.components.transforms.values()]
    .map(readTransformSpec)
    .filter((spec) => spec.kind === 'par-do');
}

it('no runner is asked to tell our worker of the ends of windows, which a timer of its own does', () => {
  const { graph } = buildGraph(
    pipeline('ends', (p) => {
      p.of([1])
        .keyBy((n) => n)
        .stateful({ element: () => undefined, onWindowExpiration: () => ['over'] });
    }),
    {},
  );
  const urn = REQUIREMENT_URN.REQUIRES_ON_WINDOW_EXPIRATION;
  const endings = (of: Graph) =>
    parDosOf(of).flatMap((spec) => spec.onWindowExpirationTimerFamily ?? []);
  const known = withWidelyKnownSteps(graph);
  expect([endings(graph), graph.requirements.includes(urn)]).toEqual([
    ['onWindowExpiration'],
    true,
  ]);
  expect([endings(known), known.requirements.includes(urn)]).toEqual([[], false]);
  const families = parDosOf(known).flatMap(({ timerFamilies }) => [...timerFamilies.keys()]);
  expect(families).toEqual(['onWindowExpiration']);
});

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
  const listCoders = (of: Graph) =>
    parDosOf(of)
      .flatMap(({ stateSpecs }) => [...stateSpecs.values()])
      .map((state) => (state.kind === 'ordered-list' ? state.coderId : undefined));
  const [[before], [after]] = [listCoders(graph), listCoders(known)];
  const { coders } = known.components;
  const { spec, componentIds } = coders.get(after!)!;
  expect(spec.urn).toBe(CODER_URN.LENGTH_PREFIX);
  // Under a name of its own.
  expect(componentIds).not.toContain(before);
  expect(coders.get(componentIds[0]!)).toBe(coders.get(before!));
});
