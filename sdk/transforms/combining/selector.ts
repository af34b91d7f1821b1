import { describeGiven } from '#portability/describe-given.js';
import { refusalOf } from '../../graph/placed.js';

/** A combiner that asks a function what to combine of each input. */
type Selecting = (...args: never[]) => unknown;

/** @throws STRAHL-9002 unless `f` is the function that `combiner` asks for */
export function checkSelector(f: unknown, combiner: Selecting): void {
  if (typeof f === 'function') return;
  const { name } = combiner;
  throw refusalOf(combiner, 'badValue', {
    title: `${name} is given ${describeGiven(f)} instead of a function`,
    fix: `say what it takes of each element, for example ${name}(${takesCount(combiner) ? '10, ' : ''}(x) => x)`,
  });
}

/** The function comes last, behind the number of results. */
function takesCount({ length }: Selecting): boolean {
  return length > 1;
}
