import type { CombinerCoders, CombinerDescription } from '../../combine-fn.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import { PLAIN, recordOf, tupleOf, type CoderChoice } from '../../graph/coder-choice.js';

type Accumulators = unknown[];

/**
 * Several combiners as one: its accumulator holds theirs by position and is changed in place, so that an
 * element allocates nothing. One to four of them, the usual case, run without a loop.
 */
export function composeCombiners(
  entries: readonly (readonly [string, CombinerDescription])[],
): CombinerDescription {
  const names = entries.map(([name]) => name);
  const fns = entries.map(([, combiner]) => combiner.fn);
  const fn: CombineFnSpec = {
    create: () => fns.map((f) => f.create()),
    add: addOf(fns),
    merge(a, b) {
      const left = a as Accumulators;
      const right = b as Accumulators;
      for (let i = 0; i < fns.length; i++) left[i] = fns[i]!.merge(left[i], right[i]);
      return left;
    },
    extract(a) {
      const accumulators = a as Accumulators;
      const result: Record<string, unknown> = {};
      for (let i = 0; i < fns.length; i++) {
        define(result, names[i]!, fns[i]!.extract(accumulators[i]));
      }
      return result;
    },
    ...(fns.some((f) => f.compact !== undefined) ? { compact: compactOf(fns) } : {}),
  };
  const keeping = (input: CoderChoice): CombinerCoders => {
    const coders = entries.map(([, combiner]) => combiner.keeping?.(input) ?? combiner);
    return {
      accumulator: tupleOf(...coders.map(({ accumulator }) => accumulator)),
      output: recordOf(
        names,
        coders.map(({ output }) => output ?? PLAIN),
      ),
    };
  };
  return { fn: Object.freeze(fn), accumulator: PLAIN, keeping };
}

/** Assignment would set the prototype for the one name that has a setter. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else target[name] = value;
}

function compactOf(fns: readonly CombineFnSpec[]): (a: unknown) => unknown {
  return (a) => {
    const accumulators = a as Accumulators;
    for (const [i, f] of fns.entries()) {
      if (f.compact !== undefined) accumulators[i] = f.compact(accumulators[i]);
    }
    return accumulators;
  };
}

type Add = (a: unknown, x: unknown) => unknown;

/** A loop over the functions costs on the element path: up to four are written out. */
function addOf(fns: readonly CombineFnSpec[]): Add {
  if (fns.length === 1) return addToOne(fns[0]!);
  if (fns.length === 2) return addToTwo(fns[0]!, fns[1]!);
  if (fns.length === 3) return addToThree(fns[0]!, fns[1]!, fns[2]!);
  if (fns.length === 4) return addToFour(fns[0]!, fns[1]!, fns[2]!, fns[3]!);
  return (a, x) => {
    const acc = a as Accumulators;
    for (let i = 0; i < fns.length; i++) acc[i] = fns[i]!.add(acc[i], x);
    return acc;
  };
}

function addToOne(f0: CombineFnSpec): Add {
  return (a, x) => {
    const acc = a as Accumulators;
    acc[0] = f0.add(acc[0], x);
    return acc;
  };
}

function addToTwo(f0: CombineFnSpec, f1: CombineFnSpec): Add {
  return (a, x) => {
    const acc = a as Accumulators;
    acc[0] = f0.add(acc[0], x);
    acc[1] = f1.add(acc[1], x);
    return acc;
  };
}

function addToThree(f0: CombineFnSpec, f1: CombineFnSpec, f2: CombineFnSpec): Add {
  return (a, x) => {
    const acc = a as Accumulators;
    acc[0] = f0.add(acc[0], x);
    acc[1] = f1.add(acc[1], x);
    acc[2] = f2.add(acc[2], x);
    return acc;
  };
}

function addToFour(
  f0: CombineFnSpec,
  f1: CombineFnSpec,
  f2: CombineFnSpec,
  f3: CombineFnSpec,
): Add {
  return (a, x) => {
    const acc = a as Accumulators;
    acc[0] = f0.add(acc[0], x);
    acc[1] = f1.add(acc[1], x);
    acc[2] = f2.add(acc[2], x);
    acc[3] = f3.add(acc[3], x);
    return acc;
  };
}
