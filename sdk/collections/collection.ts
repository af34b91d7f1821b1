import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import type { DoFn } from '../dofn/dofn.js';
import type { SideShape } from '../dofn/user-function.js';
import type { DurationLike } from '../duration.js';
import type { CoderChoice } from '../graph/coder-choice.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode } from '../graph/graph-node.js';
import type { TriggerOptions, WindowOptions } from '../graph/windowing.js';
import { checkOptionNames } from '../graph/option-names.js';
import { choiceOf } from '../schema/choice.js';
import type { Schema } from '../schema/schema.js';
import { count } from '../transforms/combining/combiners.js';
import * as combining from '../transforms/combining/combining.js';
import { fannedCombine } from '../transforms/combining/hot-key-fanout.js';
import { checkCoder } from '../transforms/checks.js';
import { applyComposite } from '../transforms/composites.js';
import * as elements from '../transforms/elements.js';
import * as grouping from '../transforms/grouping.js';
import * as latest from '../transforms/latest.js';
import type { AnyFunction, StepInput } from '../transforms/par-do.js';
import { splittableStep } from '../transforms/reading/splittable.js';
import { readSides, viewOf } from '../transforms/side-inputs.js';
import { statefulStep, type StatefulArguments } from '../transforms/stateful/stateful.js';
import * as texts from '../transforms/texts.js';
import * as windowing from '../transforms/windowing/windowing-steps.js';
import { writeStep } from '../transforms/write.js';
import { collectionAsValue } from './as-value.js';
import { compositeMethods } from './composite-methods.js';
import { noteCallSites } from './dsl-methods.js';
import type { CombineOptions } from './group-methods.js';
import type { PCollection } from './pcollection.js';
import type { Side } from './side.js';
import type { Written } from './sink.js';
import type { Outputs } from './split-outputs.js';
import type { Step } from './step-options.js';

type Options = Schema<unknown> | Step<unknown>;
type Combiners = Readonly<Record<string, unknown>>;

/**
 * The running side of `PCollection`, `Keyed` and `WithSides`: each method adds a step and gives the
 * collection it makes. Element types live in the interfaces alone.
 */
export class Collection {
  readonly graph: GraphBuilder;
  readonly node: CollectionNode;
  readonly #input: StepInput;

  constructor(graph: GraphBuilder, node: CollectionNode, sides?: StepInput['sides']) {
    this.graph = graph;
    this.node = node;
    this.#input = { graph, main: node, ...(sides === undefined ? {} : { sides }) };
    Object.freeze(this);
  }

  [Symbol.toPrimitive](): never {
    return collectionAsValue();
  }
  named(name: string): this {
    this.graph.rename(this.graph.stepOf(this.node.producer), name);
    return this;
  }
  withSchema(schema: Schema<unknown>): this {
    this.graph.use(this.node, 'withSchema');
    return this.#recode(choiceOf(schema));
  }
  withCoder(coder: { encode(x: unknown): Uint8Array; decode(b: Uint8Array): unknown }): this {
    this.graph.use(this.node, 'withCoder');
    checkCoder(this.graph, coder, 'withCoder');
    return this.#recode({ kind: 'user', coder, deterministic: false });
  }
  apply(first: string | AnyFunction, second?: AnyFunction): unknown {
    return applyComposite(this, first, second);
  }
  pipe(...composites: readonly AnyFunction[]): unknown {
    return composites.reduce<unknown>(
      (input, f) => applyComposite(this, f, undefined, input),
      this,
    );
  }

  map(f: AnyFunction, o?: Options): Collection {
    return this.#one(elements.mapStep(this.#input, f, o));
  }
  flatMap(f: AnyFunction, o?: Options): Collection {
    return this.#one(elements.flatMapStep(this.#input, f, o));
  }
  filter(f: AnyFunction): Collection {
    return this.#one(elements.filterStep(this.#input, f));
  }
  process(d: DoFn<unknown, unknown> | (() => DoFn<unknown, unknown>), o?: Options): Collection {
    return this.#one(elements.processStep(this.#input, d, o));
  }
  attempt(f: AnyFunction, o?: Options): { readonly ok: Collection; readonly failed: Collection } {
    const { ok, failed } = elements.attemptStep(this.#input, f, o);
    return { ok: this.#one(ok), failed: this.#one(failed) };
  }
  splittable(description: unknown): Collection {
    return this.#one(splittableStep(this.#input, description));
  }
  split(outputs: Outputs, f: AnyFunction): Readonly<Record<string, Collection>> {
    const nodes = elements.splitStep(this.#input, outputs, f);
    return Object.fromEntries([...nodes].map(([tag, node]) => [tag, this.#one(node)]));
  }
  partition(n: number, f: AnyFunction): readonly Collection[] {
    return elements.partitionStep(this.#input, n, f).map((node) => this.#one(node));
  }
  withTimestamps(f: AnyFunction, o: { readonly allowedSkew?: DurationLike } = {}): Collection {
    checkOptionNames(this.graph, 'withTimestamps', o, ['allowedSkew']);
    return this.#one(elements.withTimestampsStep(this.#input, f, o.allowedSkew ?? 0));
  }
  select(...fields: readonly string[]): Collection {
    return this.#one(texts.selectStep(this.#input, fields));
  }
  dropFields(...fields: readonly string[]): Collection {
    return this.#one(texts.dropFieldsStep(this.#input, fields));
  }
  parseJson(schema: Schema<unknown>): Collection {
    return this.#one(texts.parseJsonStep(this.#input, schema));
  }
  toJson(): Collection {
    return this.#one(texts.toJsonStep(this.#input));
  }
  toStrings(separator?: string): Collection {
    return this.#one(texts.toStringsStep(this.#input, separator));
  }
  log(label?: string): Collection {
    return this.#one(texts.logStep(this.#input, label));
  }

  keyBy(by: AnyFunction | string, coder?: unknown): Collection {
    return this.#one(elements.keyByStep(this.#input, by, coder));
  }
  keyed(): Collection {
    return this.#one(elements.keyedStep(this.#input));
  }
  keys(): Collection {
    return this.#one(combining.keysStep(this.#input));
  }
  values(): Collection {
    return this.#one(combining.valuesStep(this.#input));
  }
  swap(): Collection {
    return this.#one(combining.swapStep(this.#input));
  }
  mapValues(f: AnyFunction): Collection {
    return this.#one(elements.mapValuesStep(this.#input, f));
  }

  stateful(fn: StatefulArguments, o?: Options): Collection {
    return this.#one(statefulStep(this.#input, fn, o));
  }

  window(windowFn: unknown, o: WindowOptions = {}): Collection {
    return this.#one(windowing.windowStep(this.#input, windowFn, o));
  }
  trigger(trigger: unknown, o?: TriggerOptions): Collection {
    return this.#one(windowing.triggerStep(this.#input, trigger, o));
  }
  groupByKey(): Collection {
    return this.#one(grouping.groupByKeyStep(this.#input));
  }
  combine(combiners: Combiners, o?: CombineOptions<unknown>): Collection {
    return this.#combinePerKey(combiners, 'combine', o);
  }
  combineWith(combiner: unknown, o?: CombineOptions<unknown>): Collection {
    return this.#combinePerKey(combiner, 'combineWith', o);
  }
  countPerKey(): Collection {
    return this.#combinePerKey(count(), 'countPerKey');
  }
  combineValues(combiner: unknown): Collection {
    const description = combining.combinerOf(this.graph, combiner, 'combineValues');
    return this.#one(combining.combineValuesStep(this.#input, description));
  }
  latestPerKey(): Collection {
    return this.#one(latest.latestPerKeyStep(this.#input));
  }
  count(): Collection {
    return this.#combineGlobally(count(), {}, 'count');
  }
  countPerElement(): Collection {
    return this.#one(combining.countPerElementStep(this.#input));
  }
  combineGlobally(combiners: Combiners, o: { readonly emptyDefault?: boolean } = {}): Collection {
    return this.#combineGlobally(combiners, o, 'combineGlobally');
  }
  combineGloballyWith(combiner: unknown, o: { readonly emptyDefault?: boolean } = {}): Collection {
    return this.#combineGlobally(combiner, o, 'combineGloballyWith');
  }
  distinct(by?: AnyFunction): Collection {
    return this.#one(latest.distinctStep(this.#input, by));
  }
  latest(): Collection {
    return this.#one(latest.latestStep(this.#input));
  }

  flattenWith(other: unknown): Collection {
    const nodes = [this, other].map((c) => nodeOf(c, this.graph, 'flattenWith'));
    return this.#one(grouping.flattenStep(this.graph, nodes, 'flattenWith'));
  }
  reshuffle(): Collection {
    return this.#one(grouping.reshuffleStep(this.#input));
  }
  redistribute(o: { by?: AnyFunction; allowDuplicates?: boolean } = {}): Collection {
    checkOptionNames(this.graph, 'redistribute', o, ['by', 'allowDuplicates']);
    return this.#one(combining.redistributeStep(this.#input, o.by, o.allowDuplicates ?? false));
  }
  with(sides: Readonly<Record<string, unknown>>): Collection {
    this.graph.use(this.node, 'with');
    return new Collection(this.graph, this.node, readSides(this.graph, sides));
  }
  asSingleton(...defaults: readonly unknown[]): Side<unknown> {
    const shape: SideShape =
      defaults.length === 0
        ? { kind: 'singleton' }
        : { kind: 'singleton', default: { value: defaults[0] } };
    return viewOf(this.graph, this.node, 'asSingleton', shape);
  }
  asIterable(): Side<unknown> {
    return viewOf(this.graph, this.node, 'asIterable', { kind: 'iterable' });
  }
  asList(): Side<unknown> {
    return viewOf(this.graph, this.node, 'asList', { kind: 'list' });
  }
  asMap(): Side<unknown> {
    return viewOf(this.graph, this.node, 'asMap', { kind: 'map' });
  }
  asMultimap(): Side<unknown> {
    return viewOf(this.graph, this.node, 'asMultimap', { kind: 'multimap' });
  }
  write(sink: unknown): Written {
    return writeStep(this, sink);
  }

  #one(node: CollectionNode): Collection {
    return new Collection(this.graph, node);
  }
  #recode(coder: CoderChoice | undefined): this {
    if (coder !== undefined) this.node.coder = coder;
    return this;
  }
  #combinePerKey(combiner: unknown, name: string, o: CombineOptions<unknown> = {}): Collection {
    const description = combining.combinerOf(this.graph, combiner, name);
    checkOptionNames(this.graph, name, o, ['fanout']);
    if (o.fanout === undefined) {
      return this.#one(combining.combinePerKey(this.#input, description, name));
    }
    return this.#one(fannedCombine(this.#input, description, o.fanout, name));
  }
  #combineGlobally(
    combiner: unknown,
    o: { readonly emptyDefault?: boolean },
    name: string,
  ): Collection {
    const description = combining.combinerOf(this.graph, combiner, name);
    checkOptionNames(this.graph, name, o, ['emptyDefault']);
    return this.#one(combining.combineGlobally(this.#input, description, o.emptyDefault, name));
  }
}

Object.assign(
  Collection.prototype,
  compositeMethods({ made: (graph, node) => new Collection(graph, node), nodeOf }),
);
noteCallSites(Collection.prototype);

/** What users are given; the interfaces know the element types that the class has erased. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the types
export function publicOf<P extends PCollection<unknown>>(collection: Collection): P {
  return collection as unknown as P;
}

/** @throws STRAHL-1002 for what is not a collection */
export function nodeOf(x: unknown, graph: GraphBuilder, name: string): CollectionNode {
  const node = isCollection(x) ? x.node : undefined;
  if (node === undefined) {
    throw new StrahlError('foreignCollection', {
      title: `${name} is given ${describeGiven(x)} instead of a collection`,
      ...graph.where(name),
      fix: 'pass collections made from the root `p` of this pipeline',
    });
  }
  graph.use(node, name);
  return node;
}

export function isCollection(x: unknown): x is Collection {
  return x instanceof Collection;
}
