import { StrahlError } from '#portability/errors.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import { AllNode, AnyNode, EachNode, OrFinallyNode, RepeatNode } from './composite-nodes.js';
import { EarlyAndLateNode, EndOfWindowNode } from './end-of-window-node.js';
import { AlwaysNode, CountNode, DefaultNode, NeverNode } from './plain-nodes.js';
import { ProcessingTimeNode } from './processing-time-node.js';
import type { TriggerMoment } from './trigger-moment.js';
import { kindsOf } from './trigger-kinds.js';
import { CellLayout, type Cells, type MergedStates, type TriggerNode } from './trigger-node.js';

/**
 * A trigger compiled to what runs it. The state of each key and window is `size` numbers in an array of
 * the caller: it can be moved, stored and copied without knowing what it means.
 *
 *   M1. A machine never changes; all calls change only the cells that they are given.
 *   M2. TRG-1: it is asked to fire once after all elements of a bundle, and once per activation by timers.
 *   M3. `clear` keeps what is finished (elements are refused until the window is collected).
 */
export class TriggerMachine {
  /** Numbers per key and window. */
  readonly size: number;
  /** Nothing that happens changes its state, so that there is nothing to merge. */
  readonly isStateless: boolean;
  readonly #root: TriggerNode;
  readonly #initial: Float64Array;
  readonly #scratch: Float64Array;

  /** `merges`: whether windows may merge, and with them the states. */
  constructor(spec: TriggerSpec, merges: boolean) {
    const kinds = kindsOf(spec);
    this.isStateless = kinds.every((kind) => STATELESS.has(kind));
    // Each node has a bit, and one that has an early and a late side has up to two more.
    const layout = new CellLayout(kinds.length * 3);
    this.#root = new Compiler(layout, merges).node(spec);
    this.#initial = layout.initial;
    this.#scratch = layout.initial;
    this.size = this.#initial.length;
  }

  /** Makes `cells` from `at` on the state of a window that has just come into being. */
  start(cells: Cells, at: number): void {
    for (let i = 0; i < this.size; i++) cells[at + i] = this.#initial[i]!;
  }

  onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    this.#root.onElements(cells, at, moment);
  }

  shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    return this.#root.shouldFire(cells, at, moment);
  }

  /** To be called when `shouldFire`; true if the trigger is finished with it. */
  onFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    this.#root.onFire(cells, at, moment);
    return this.#root.isFinished(cells, at);
  }

  /** Makes `cells` at `at` what the sources merge to; it may be one of them. */
  onMerge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    this.start(this.#scratch, 0);
    this.#root.merge(sources, this.#scratch, 0, moment);
    for (let i = 0; i < this.size; i++) cells[at + i] = this.#scratch[i]!;
  }

  clear(cells: Cells, at: number): void {
    this.#root.clear(cells, at);
  }

  isFinished(cells: Cells, at: number): boolean {
    return this.#root.isFinished(cells, at);
  }
}

const STATELESS: ReadonlySet<TriggerSpec['kind']> = new Set([
  'default',
  'never',
  'always',
  'repeat',
] as const);

class Compiler {
  readonly #layout: CellLayout;
  readonly #merges: boolean;

  constructor(layout: CellLayout, merges: boolean) {
    this.#layout = layout;
    this.#merges = merges;
  }

  node(spec: TriggerSpec): TriggerNode {
    const layout = this.#layout;
    switch (spec.kind) {
      case 'default':
        return new DefaultNode(layout);
      case 'never':
        return new NeverNode(layout);
      case 'always':
        return new AlwaysNode(layout);
      case 'element-count':
        return new CountNode(layout, spec.count);
      case 'after-processing-time':
        return new ProcessingTimeNode(layout, spec.transforms, false);
      case 'after-synchronized-processing-time':
        return new ProcessingTimeNode(layout, [], true);
      case 'after-end-of-window':
        return this.#endOfWindow(spec);
      default:
        return this.#composite(spec);
    }
  }

  #endOfWindow({ early, late }: TriggerSpec & { kind: 'after-end-of-window' }): TriggerNode {
    const layout = this.#layout;
    if (early === undefined && late === undefined) return new EndOfWindowNode(layout);
    return new EarlyAndLateNode(
      layout,
      this.node(early ?? { kind: 'never' }),
      late === undefined ? undefined : this.node(late),
      this.#merges,
    );
  }

  #composite(spec: TriggerSpec): TriggerNode {
    const layout = this.#layout;
    switch (spec.kind) {
      case 'after-all':
        return new AllNode(layout, this.#nodes(spec.subtriggers));
      case 'after-any':
        return new AnyNode(layout, this.#nodes(spec.subtriggers));
      case 'after-each':
        return new EachNode(layout, this.#nodes(spec.subtriggers), this.#merges);
      case 'or-finally':
        return new OrFinallyNode(layout, this.node(spec.main), this.node(spec.finally));
      case 'repeat':
        return new RepeatNode(layout, this.node(spec.subtrigger));
      default:
        throw new StrahlError('unsupportedFeature', {
          title: `no machine runs ${spec.kind} triggers`,
        });
    }
  }

  #nodes(specs: readonly TriggerSpec[]): readonly TriggerNode[] {
    return specs.map((spec) => this.node(spec));
  }
}
