import type { CallCode } from '../operators/call-operator.js';
import type { Emit, Operator } from '../operators/operator.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { StepContext } from '../steps/step-context.js';

/** How compiled code treats the elements of a transform. A fixed list: it never grows from input. */
export type Template =
  /** Gives every element on: an input of the stage, or a Flatten. */
  | 'source'
  | 'pass'
  /** Calls of a user's function; named after what becomes of the result. */
  | 'map'
  | 'filter'
  | 'map-values'
  | 'key-by'
  | 'spread'
  | 'do-fn'
  | 'split'
  | 'partition'
  | 'with-timestamps'
  /** Changes the windows register around its consumers: by the time of the element, or by its value, too. */
  | 'window-into'
  | 'window-by-value'
  /** A restriction of integers, run as a loop. */
  | 'sequence'
  /** `operator.add(key, value)`: a pair that is made for nobody else is not made at all. */
  | 'precombine'
  /** `operator.process(x)`. */
  | 'operator';

export const CALL_TEMPLATES: ReadonlySet<Template> = new Set<Template>([
  'map',
  'filter',
  'map-values',
  'key-by',
  'spread',
  'do-fn',
  'split',
  'partition',
  'with-timestamps',
]);

/**
 * All that the shape of the code depends on: names from fixed lists, and integers. No text of a
 * pipeline comes in here, so none can come into generated source.
 */
export interface NodeShape {
  readonly template: Template;
  /** Whether an element in several windows is given once per window (WIN-9). */
  readonly explodes: boolean;
  /** Whether the values of side inputs come before the context. */
  readonly sides: boolean;
  /** Per output, the slots of its consumers. */
  readonly targets: readonly (readonly number[])[];
}

/** One transform of a stage; its place in the list is its slot. Consumers have higher slots. */
export interface StageNode extends NodeShape {
  readonly operator: Operator;
}

/** Reads elements and gives them on until `budget` are read, the root is blocked, or none is left. */
export type ReadLoop = (budget: number) => boolean;
/** Emits the integers of [from, to); answers where it stopped, because the root may get blocked. */
export type RangeLoop = (from: number, to: number) => number;

/** What compiling gives, by slot. */
export interface StageCode {
  readonly nodes: readonly Emit[];
  readonly calls: readonly (CallCode | undefined)[];
  readonly loops: readonly (ReadLoop | RangeLoop | undefined)[];
}

/** What a generated function gives: all that elements pass one by one. */
export interface LoopCode {
  /** Without those whose calls stand in the body of a loop. */
  readonly nodes: readonly (Emit | undefined)[];
  readonly loops: StageCode['loops'];
}

/** The members of operators that compiled code uses; each template uses some of them. */
export interface CompiledOperator extends Operator {
  /** A user's function, or the instance of a `DoFn`. */
  readonly fn: unknown;
  readonly busy: boolean;
  readonly context: StepContext;
  readonly out: unknown;
  readonly parts: number;
  readonly reader: ElementReader;
  hold(x: unknown): void;
  later(answer: PromiseLike<unknown>, x: unknown): void;
  rejected(error: unknown, x: unknown): void;
  sidesOf(x: unknown): unknown;
  sidesNow(): unknown;
  explode(x: unknown, node: Emit): void;
  spread(outputs: unknown, x: unknown): void;
  stamped(y: unknown): void;
  route(part: unknown, x: unknown): void;
  timeOf(time: unknown, x: unknown): RunningStage['timestamp'];
  /** What is in `windows` is so from `from` on and before `until`; `assign` finds others. */
  readonly from: number;
  readonly until: number;
  readonly windows: RunningStage['windows'];
  assign(x?: unknown): RunningStage['windows'];
  add(key: unknown, value: unknown): void;
  decode(): unknown;
}

/** Where a source takes its elements from. */
export interface ElementReader {
  readonly timestamp: RunningStage['timestamp'];
  readonly windows: RunningStage['windows'];
  readonly pane: RunningStage['pane'];
  /** Moves to the next element; false at the end. */
  next(): boolean;
}
