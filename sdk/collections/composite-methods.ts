import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { checkOptionNames } from '../graph/option-names.js';
import { joinStep, type JoinKind } from '../transforms/joining/joins.js';
import { selectionStep, unionStep } from '../transforms/joining/sets.js';
import { temporalJoinStep } from '../transforms/joining/temporal-join.js';
import type { AnyFunction, StepInput } from '../transforms/par-do.js';
import { reifyStep, teeStep, waitOnStep } from '../transforms/passing.js';
import { requestStep, type RequestStepOptions } from '../transforms/request-response.js';
import { batchElementsStep, type BatchSizes } from '../transforms/stateful/batches.js';
import { deduplicateStep, type DeduplicateOptions } from '../transforms/stateful/deduplicate.js';
import {
  groupIntoBatchesStep,
  type GroupIntoBatchesOptions,
} from '../transforms/stateful/group-into-batches.js';
import type { SetOptions } from './set-methods.js';

/** A collection as these methods see it. */
interface Owner {
  readonly graph: GraphBuilder;
  readonly node: CollectionNode;
}

/** What the class of collections lends. */
export interface Tools<C> {
  readonly made: (graph: GraphBuilder, node: CollectionNode) => C;
  /** @throws STRAHL-1002 for what is not a collection */
  readonly nodeOf: (x: unknown, graph: GraphBuilder, name: string) => CollectionNode;
}

type Method<C> = (this: Owner, ...args: never[]) => C | Owner;

/** The methods of `Collection` that are made of other steps. */
export function compositeMethods<C>(tools: Tools<C>): Readonly<Record<string, Method<C>>> {
  return { ...binaryMethods(tools), ...unaryMethods(tools) };
}

/** Of two collections. */
function binaryMethods<C>({ made, nodeOf }: Tools<C>): Readonly<Record<string, Method<C>>> {
  const binary = (
    name: string,
    step: (input: StepInput, other: CollectionNode) => CollectionNode,
  ): Method<C> =>
    function (this: Owner, other: unknown): C {
      return made(this.graph, step(inputOf(this), nodeOf(other, this.graph, name)));
    };
  const set = (
    name: string,
    step: (input: StepInput, other: CollectionNode, all: boolean) => CollectionNode,
  ): Method<C> =>
    function (this: Owner, other: unknown, o: SetOptions = {}): C {
      checkOptionNames(this.graph, name, o, ['all']);
      return made(this.graph, step(inputOf(this), nodeOf(other, this.graph, name), o.all ?? false));
    };
  const join = (kind: JoinKind): Method<C> =>
    binary(kind, (input, right) => joinStep(input, right, kind));
  const selection = (name: 'intersect' | 'except'): Method<C> =>
    set(name, (input, other, all) => selectionStep(input, other, name, all));
  return {
    join: join('join'),
    leftJoin: join('leftJoin'),
    rightJoin: join('rightJoin'),
    fullJoin: join('fullJoin'),
    temporalJoin: binary('temporalJoin', temporalJoinStep),
    union: set('union', unionStep),
    intersect: selection('intersect'),
    except: selection('except'),
    waitOn: binary('waitOn', waitOnStep),
  };
}

function unaryMethods<C>({ made }: Tools<C>): Readonly<Record<string, Method<C>>> {
  return {
    tee(this: Owner, branch: AnyFunction): Owner {
      teeStep(inputOf(this), branch, this);
      return this;
    },
    reify(this: Owner): C {
      return made(this.graph, reifyStep(inputOf(this)));
    },
    batchElements(this: Owner, o: BatchSizes = {}): C {
      return made(this.graph, batchElementsStep(inputOf(this), o));
    },
    groupIntoBatches(this: Owner, o: GroupIntoBatchesOptions = {}): C {
      return made(this.graph, groupIntoBatchesStep(inputOf(this), o));
    },
    deduplicate(this: Owner, o?: DeduplicateOptions<unknown>): C {
      // Without a compiler the options may be left out: what they lack is told by name.
      return made(this.graph, deduplicateStep(inputOf(this), o ?? ({} as NonNullable<typeof o>)));
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
