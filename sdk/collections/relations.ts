import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { joinStep, type JoinKind } from '../transforms/joins.js';
import type { AnyFunction, StepInput } from '../transforms/par-do.js';
import { reifyStep, teeStep, waitOnStep } from '../transforms/passing.js';
import { requestStep, type RequestStepOptions } from '../transforms/request-response.js';
import { selectionStep, unionStep } from '../transforms/sets.js';
import type { SetOptions } from './set-methods.js';

/** A collection as these methods see it. */
interface Owner {
  readonly graph: GraphBuilder;
  readonly node: CollectionNode;
}

/** What the class of collections lends. */
export interface Tools<C> {
  readonly made: (graph: GraphBuilder, node: CollectionNode) => C;
  /** @throws STRAHL-1002 for what is no collection */
  readonly nodeOf: (x: unknown, graph: GraphBuilder, name: string) => CollectionNode;
}

type Method<C> = (this: Owner, ...args: never[]) => C | Owner;

/** The methods of `Collection` that bring collections together, or ask others. */
export function relationsOf<C>({ made, nodeOf }: Tools<C>): Readonly<Record<string, Method<C>>> {
  const join = (kind: JoinKind) =>
    function (this: Owner, other: unknown): C {
      return made(this.graph, joinStep(inputOf(this), nodeOf(other, this.graph, kind), kind));
    };
  const selection = (name: 'intersect' | 'except') =>
    function (this: Owner, other: unknown, { all = false }: SetOptions = {}): C {
      const node = nodeOf(other, this.graph, name);
      return made(this.graph, selectionStep(inputOf(this), node, name, all));
    };
  return {
    join: join('join'),
    leftJoin: join('leftJoin'),
    rightJoin: join('rightJoin'),
    fullJoin: join('fullJoin'),
    intersect: selection('intersect'),
    except: selection('except'),
    union(this: Owner, other: unknown, { all = false }: SetOptions = {}): C {
      const node = nodeOf(other, this.graph, 'union');
      return made(this.graph, unionStep(inputOf(this), node, all));
    },
    waitOn(this: Owner, signal: unknown): C {
      const node = nodeOf(signal, this.graph, 'waitOn');
      return made(this.graph, waitOnStep(inputOf(this), node));
    },
    tee(this: Owner, branch: AnyFunction): Owner {
      teeStep(inputOf(this), branch, this);
      return this;
    },
    reify(this: Owner): C {
      return made(this.graph, reifyStep(inputOf(this)));
    },
    requestResponse(this: Owner, call: AnyFunction, o: RequestStepOptions = {}): C {
      return made(this.graph, requestStep(inputOf(this), call, o, 'requestResponse'));
    },
    enrich(this: Owner, call: AnyFunction, o: RequestStepOptions): C {
      return made(this.graph, requestStep(inputOf(this), call, o, 'enrich'));
    },
  };
}

function inputOf({ graph, node }: Owner): StepInput {
  return { graph, main: node };
}
