import { STAMPED } from '../../dofn/stamped.js';
import { isThenable } from '../answers.js';
import type { CallCode } from '../operators/call-operator.js';
import type { Emit } from '../operators/operator.js';
import type { RunningStage } from '../stage/running-stage.js';
import {
  CALL_TEMPLATES,
  type CompiledOperator,
  type LoopCode,
  type RangeLoop,
  type ReadLoop,
  type StageCode,
  type StageNode,
} from './node.js';

/**
 * The same behaviour as the generated function, for processes that may not make code from text, and
 * whatever `made` leaves out. One closure per transform, built from the consumers towards the sources.
 *
 * @param emits takes what gives an element to each slot
 */
export function closures(
  stage: RunningStage,
  nodes: readonly StageNode[],
  emits: Emit[] = [],
  made?: LoopCode,
): StageCode {
  const calls: (CallCode | undefined)[] = nodes.map(() => undefined);
  const loops: (ReadLoop | RangeLoop | undefined)[] = nodes.map((_, slot) => made?.loops[slot]);
  for (let slot = nodes.length - 1; slot >= 0; slot--) {
    const node = nodes[slot]!;
    const operator = node.operator as CompiledOperator;
    const emit = fanOut((node.targets[0] ?? []).map((t) => emits[t]!));
    if (CALL_TEMPLATES.has(node.template)) {
      const call = invocation(node, operator);
      const done = doneWith(stage, node, operator, emit);
      emits[slot] = made?.nodes[slot] ?? calling(stage, node, operator, call, done);
      calls[slot] = { call: (x) => call(x, node.sides ? operator.sidesNow() : undefined), done };
    } else {
      emits[slot] = made?.nodes[slot] ?? plain(stage, node, operator, emit);
      if (node.template === 'source') loops[slot] ??= readLoop(stage, operator, emit);
      else if (node.template === 'sequence') loops[slot] ??= rangeLoop(stage, emit);
    }
  }
  return { nodes: emits, calls, loops };
}

/** Gives an element to each of `emits`, in order. */
export function fanOut(emits: readonly Emit[]): Emit {
  if (emits.length === 0) return () => {};
  if (emits.length === 1) return emits[0]!;
  return (x) => {
    for (let i = 0; i < emits.length; i++) emits[i]!(x);
  };
}

function plain(
  stage: RunningStage,
  { template }: StageNode,
  operator: CompiledOperator,
  emit: Emit,
): Emit {
  if (template === 'source' || template === 'pass') return emit;
  if (template !== 'window-into' && template !== 'window-by-value') {
    return (x) => {
      operator.process(x);
    };
  }
  const node: Emit = (x) => {
    const { windows } = stage;
    if (windows.length !== 1) {
      operator.explode(x, node);
      return;
    }
    stage.windows = operator.assign(x);
    if (stage.windows.length !== 0) emit(x);
    stage.windows = windows;
  };
  return node;
}

function readLoop(stage: RunningStage, operator: CompiledOperator, emit: Emit): ReadLoop {
  return (budget) => {
    const { reader } = operator;
    while (reader.next()) {
      stage.timestamp = reader.timestamp;
      stage.windows = reader.windows;
      stage.pane = reader.pane;
      emit(operator.decode());
      if (--budget === 0 || stage.blocked !== 0) return false;
    }
    return true;
  };
}

function rangeLoop(stage: RunningStage, emit: Emit): RangeLoop {
  return (from, to) => {
    while (from < to) {
      emit(from++);
      if (stage.blocked !== 0) break;
    }
    return from;
  };
}

type AnyFunction = (...args: unknown[]) => unknown;
type Invocation = (x: unknown, sides: unknown) => unknown;

function calling(
  stage: RunningStage,
  { explodes, sides }: StageNode,
  operator: CompiledOperator,
  call: Invocation,
  done: CallCode['done'],
): Emit {
  const node: Emit = (x) => {
    if (explodes && stage.windows.length !== 1) {
      operator.explode(x, node);
      return;
    }
    if (operator.busy) {
      operator.hold(x);
      return;
    }
    const values = sides ? operator.sidesOf(x) : undefined;
    if (sides && values === undefined) return;
    let r: unknown;
    try {
      r = call(x, values);
    } catch (e) {
      operator.rejected(e, x);
      return;
    }
    if (isThenable(r)) operator.later(r, x);
    else done(r, x);
  };
  return node;
}

function invocation({ template, sides }: StageNode, o: CompiledOperator): Invocation {
  const fn = o.fn as AnyFunction;
  const doFn = o.fn as { element: AnyFunction };
  switch (template) {
    case 'map-values':
      return sides
        ? (x, v) => fn((x as unknown[])[1], (x as unknown[])[0], v, o.context)
        : (x) => fn((x as unknown[])[1], (x as unknown[])[0], o.context);
    case 'do-fn':
      return (x) => doFn.element(x, o.context);
    case 'split':
      return sides ? (x, v) => fn(x, v, o.out, o.context) : (x) => fn(x, o.out, o.context);
    case 'partition':
      return sides ? (x, v) => fn(x, v, o.parts) : (x) => fn(x, o.parts);
    default:
      return sides ? (x, v) => fn(x, v, o.context) : (x) => fn(x, o.context);
  }
}

function doneWith(
  stage: RunningStage,
  { template }: StageNode,
  o: CompiledOperator,
  emit: Emit,
): CallCode['done'] {
  switch (template) {
    case 'map':
      return emit;
    case 'filter':
      return (r, x) => {
        if (r) emit(x);
      };
    case 'map-values':
      return (r, x) => {
        emit([(x as unknown[])[0], r]);
      };
    case 'key-by':
      return (r, x) => {
        emit([r, x]);
      };
    case 'partition':
      return (r, x) => {
        o.route(r, x);
      };
    case 'with-timestamps':
      return (r, x) => {
        const { timestamp } = stage;
        stage.timestamp = o.timeOf(r, x);
        emit(x);
        stage.timestamp = timestamp;
      };
    case 'split':
      return (r, x) => {
        o.spread(r, x);
      };
    default:
      return spreading(o, emit);
  }
}

function spreading(o: CompiledOperator, emit: Emit): CallCode['done'] {
  return (r, x) => {
    if (!Array.isArray(r)) {
      if (r !== undefined) o.spread(r, x);
      return;
    }
    for (let k = 0; k < r.length; k++) {
      const y: unknown = r[k];
      if (typeof y === 'object' && y !== null && (y as { [STAMPED]?: unknown })[STAMPED] === true) {
        o.stamped(y);
      } else emit(y);
    }
  };
}
