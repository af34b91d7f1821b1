import type { DurationLike } from '../duration.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { checkOptionNames } from '../graph/option-names.js';
import type { Schema } from '../schema/schema.js';
import { flattenStep } from '../transforms/grouping.js';
import { periodicImpulseNode, tickingSequenceNode } from '../transforms/reading/periodic.js';
import { readNode } from '../transforms/reading/read.js';
import { createNode, impulseNode, sequenceNode } from '../transforms/reading/roots.js';
import { watchNode, type WatchOptions } from '../transforms/reading/watch.js';
import { refreshedSide, type RefreshOptions } from '../transforms/refresh.js';
import { Collection, nodeOf } from './collection.js';
import { noteCallSites } from './dsl-methods.js';
import type { Root } from './root.js';
import type { Side } from './side.js';

interface SequenceOptions {
  readonly from?: number;
  readonly to: number;
  readonly every?: DurationLike;
}
type ImpulseOptions = Parameters<typeof periodicImpulseNode>[1];

/** The running side of `Root`. Callers without a compiler may leave options out: what they lack is told by name. */
export class RootCollections {
  readonly graph: GraphBuilder;

  constructor(graph: GraphBuilder) {
    this.graph = graph;
    Object.freeze(this);
  }

  of(values: Iterable<unknown>, schema?: Schema<unknown>): Collection {
    return this.#one(createNode(this.graph, values, schema));
  }
  impulse(): Collection {
    return this.#one(impulseNode(this.graph));
  }
  generateSequence(o: SequenceOptions = {} as SequenceOptions): Collection {
    checkOptionNames(this.graph, 'generateSequence', o, ['from', 'to', 'every']);
    const { every } = o;
    const node =
      every === undefined
        ? sequenceNode(this.graph, o)
        : tickingSequenceNode(this.graph, { ...o, every });
    return this.#one(node);
  }
  periodicImpulse(o: ImpulseOptions = {} as ImpulseOptions): Collection {
    checkOptionNames(this.graph, 'periodicImpulse', o, ['every', 'from', 'to']);
    return this.#one(periodicImpulseNode(this.graph, o));
  }
  watch(poll: () => unknown, o: WatchOptions<unknown>): Collection {
    checkOptionNames(this.graph, 'watch', o, ['every', 'by', 'until']);
    return this.#one(watchNode(this.graph, poll, o));
  }
  refreshEvery(
    every: DurationLike,
    load: () => unknown,
    o: RefreshOptions<unknown> = {},
  ): Side<unknown> {
    return refreshedSide(this.graph, every, load, o);
  }
  read(source: unknown): Collection {
    const node = readNode(this.graph, source, rootOf(this), (x) => nodeOf(x, this.graph, 'read'));
    return this.#one(node);
  }
  flatten(...collections: readonly unknown[]): Collection {
    const nodes = collections.map((c) => nodeOf(c, this.graph, 'flatten'));
    return this.#one(flattenStep(this.graph, nodes));
  }

  #one(node: CollectionNode): Collection {
    return new Collection(this.graph, node);
  }
}

noteCallSites(RootCollections.prototype);

/** What users are given; the interface knows the element types that the class has erased. */
export function rootOf(root: RootCollections): Root {
  return root as unknown as Root;
}
