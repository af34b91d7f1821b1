import type { GraphBuilder } from '../graph/graph-builder.js';
import { siteOfCall, type Callee } from '../graph/site.js';
import type { Root } from './root.js';

/** Runs `body`, whose steps stand where the user called `callee`, and not where a connector of ours made them. */
export function atCall<R>(p: Root, callee: Callee, body: () => R): R {
  const { graph } = p as unknown as { readonly graph: GraphBuilder };
  return graph.at(() => siteOfCall(callee), body);
}
