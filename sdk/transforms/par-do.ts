import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import type { CoderChoice } from '../graph/coder-choice.js';
import { PLAIN } from '../graph/coder-choice.js';
import type { SideShape, UserFunction } from '../dofn/user-function.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode, TransformNode } from '../graph/graph-node.js';
import { checkOptionNames } from '../graph/option-names.js';
import { choiceOf } from '../schema/choice.js';
import { isSchema, type Schema } from '../schema/schema.js';
import type { SideDescription } from '../collections/side.js';
import type { Step } from '../collections/step-options.js';
import { checkSides } from './side-inputs.js';

/** Asynchronous calls that may overlap in one bundle unless `concurrency` says otherwise. */
const CONCURRENCY = 16;

// Function types are erased here; the interfaces have checked them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- called with erased element types
export type AnyFunction = (...args: any[]) => any;

/** Where a step is being added: its input and, after `with`, what it reads beside it. */
export interface StepInput {
  readonly graph: GraphBuilder;
  readonly main: CollectionNode;
  readonly sides?: Readonly<Record<string, SideDescription>>;
}

/** Fields that every user function of a step has. */
export interface StepFields {
  readonly sides: Readonly<Record<string, SideShape>>;
  readonly concurrency: number;
  readonly ordered: boolean;
}

export interface ParDoDraft {
  readonly name: string;
  readonly fn: (fields: StepFields) => UserFunction;
  /** Coder by local name of the output. */
  readonly outputs: Readonly<Record<string, CoderChoice>>;
  readonly options?: Step<unknown> | undefined;
  /** Of a splittable function: the coder of its restrictions. */
  readonly restriction?: CoderChoice;
  /** Of the outputs. Default: as the input. */
  readonly boundedness?: CollectionNode['boundedness'];
}

const STEP_OPTIONS = ['schema', 'name', 'concurrency', 'ordered', 'onError'];

/** Adds a step that runs a user's function; gives its outputs by local name. */
export function parDo(input: StepInput, draft: ParDoDraft): ReadonlyMap<string, CollectionNode> {
  const { graph, main } = input;
  graph.use(main, draft.name);
  checkSides(input, draft.name);
  refuseDeadLetters(graph, draft);
  checkOptionNames(graph, draft.name, draft.options, STEP_OPTIONS);
  const shapes = input.sides === undefined ? NO_SIDES : shapesOf(input.sides);
  const fn = draft.fn({
    sides: shapes,
    concurrency: concurrencyOf(draft.options?.concurrency, input, draft.name),
    ordered: draft.options?.ordered ?? true,
  });
  const node = graph.add({
    name: draft.name,
    spec: {
      kind: 'par-do',
      fn: Object.freeze(fn),
      sides: shapes,
      ...(draft.restriction === undefined ? {} : { restriction: draft.restriction }),
    },
    inputs: input.sides === undefined ? { in: main } : inputsOf(main, input.sides),
  });
  const like = draft.boundedness === undefined ? main : { ...main, boundedness: draft.boundedness };
  for (const [output, coder] of Object.entries(draft.outputs))
    addOutput(graph, node, output, like, coder);
  if (draft.options?.name !== undefined) graph.rename(node, draft.options.name);
  return node.outputs;
}

/** Dead letters of a step would have nowhere to go: see docs/design/0011. */
function refuseDeadLetters(graph: GraphBuilder, { name, options }: ParDoDraft): void {
  const { onError = 'fail' } = (options ?? {}) as { readonly onError?: unknown };
  if (onError === 'fail') return;
  throw new StrahlError('unsupportedFeature', {
    title: `${name} cannot be given onError`,
    ...graph.where(name),
    why: 'a function that fails fails its bundle',
    fix: 'const { ok, failed } = collection.attempt(f) gives what failed a collection of its own',
  });
}

/** `parDo` with the single output `out`. */
export function parDoOne(
  input: StepInput,
  draft: Omit<ParDoDraft, 'outputs'> & { readonly coder: CoderChoice },
): CollectionNode {
  return parDo(input, { ...draft, outputs: { out: draft.coder } }).get('out')!;
}

/** An output that is bounded and windowed as `like`. */
export function addOutput(
  graph: GraphBuilder,
  node: TransformNode,
  output: string,
  like: CollectionNode,
  coder: CoderChoice,
): CollectionNode {
  return graph.output(node, output, {
    coder,
    boundedness: like.boundedness,
    windowing: like.windowing,
  });
}

type Sides = NonNullable<StepInput['sides']>;

const NO_SIDES: StepFields['sides'] = Object.freeze({});

function shapesOf(sides: Sides): StepFields['sides'] {
  return Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, side.shape]));
}

/** By local name; the processed input has one that no side input has. */
function inputsOf(main: CollectionNode, sides: Sides): Readonly<Record<string, CollectionNode>> {
  let name = 'in';
  while (name in sides) name += '_';
  const read = Object.entries(sides).map(([side, { collection }]) => [side, collection] as const);
  return { [name]: main, ...Object.fromEntries(read) };
}

/** What the last argument of `map` and its like says; a schema alone stands for `{ schema }`. */
export function stepOptions(o: Schema<unknown> | Step<unknown> | undefined): Step<unknown> {
  if (o === undefined) return {};
  return isSchema(o) ? { schema: o } : o;
}

/** The coder that the options ask for. */
export function coderOf(o: Step<unknown>): CoderChoice {
  return (o.schema === undefined ? undefined : choiceOf(o.schema)) ?? PLAIN;
}

/** For callers without a compiler. */
export function checkFunction(f: unknown, input: StepInput, name: string): void {
  if (typeof f === 'function') return;
  throw new StrahlError('badValue', {
    title: `${name} is given ${describeGiven(f)} instead of a function`,
    ...input.graph.where(name),
    fix: `pass a function, for example .${name}((x) => x)`,
  });
}

function concurrencyOf(n: number | undefined, { graph }: StepInput, step: string): number {
  if (n === undefined) return CONCURRENCY;
  if (Number.isSafeInteger(n) && n > 0) return n;
  throw new StrahlError('badValue', {
    title: `concurrency is ${String(n)}`,
    ...graph.where(step),
    fix: 'give a whole number of at least 1',
  });
}
