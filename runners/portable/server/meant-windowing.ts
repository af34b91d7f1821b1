import type { Graph } from '#portability/model/graph.js';

/** How the Python SDK names itself among the capabilities of its environments. */
const PYTHON = /^beam:version:sdk_base:.*python/;

/**
 * The graph as its SDK means it. Python writes that a closing window always fires, because it has no way to say
 * otherwise; its own triggers never fire an empty pane at the end of a window.
 */
export function asMeant(graph: Graph): Graph {
  const { components } = graph;
  const windowingStrategies = new Map(components.windowingStrategies);
  for (const [id, strategy] of windowingStrategies) {
    const { environmentId, closing } = strategy;
    if (closing !== 'always' || environmentId === undefined) continue;
    const { capabilities = [] } = components.environments.get(environmentId) ?? {};
    if (!capabilities.some((urn) => PYTHON.test(urn))) continue;
    windowingStrategies.set(id, Object.freeze({ ...strategy, closing: 'if-non-empty' }));
  }
  return Object.freeze({ ...graph, components: { ...components, windowingStrategies } });
}
