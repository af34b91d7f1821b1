import type { GraphBuilder } from '../graph/graph-builder.js';
import { siteOfCall, type Callee } from '../graph/site.js';

/** A class whose methods are calls of the DSL. */
interface Dsl {
  readonly graph: GraphBuilder;
}

/**
 * Makes every method of `prototype` note where it was called. A method called by another one of ours keeps
 * the place of the outer call, since that is what the user wrote.
 */
export function noteCallSites(prototype: Dsl): void {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const value: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    if (name === 'constructor' || typeof value !== 'function') continue;
    Object.defineProperty(prototype, name, { value: noting(value as Callee), writable: true });
  }
}

function noting(method: Callee): Callee {
  function call(this: Dsl, ...args: never[]): unknown {
    return this.graph.at(
      () => siteOfCall(call),
      () => method.apply(this, args),
    );
  }
  return call;
}
