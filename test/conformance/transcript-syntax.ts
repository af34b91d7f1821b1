import type { TriggerSpec } from '../../portability/model/triggers.js';

/** A call of Python's syntax: `F`, `F(10)`, `F(early=G(2), late=H)`. */
export interface Call {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly calls: readonly Call[];
  readonly named: ReadonlyMap<string, Call>;
}

export function parseCall(text: string): Call {
  const tokens = text.match(/[A-Za-z_]+|\d+|[(),=]/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && at++ >= 0;
  const call = (): Call => {
    const name = tokens[at++]!;
    const numbers: number[] = [];
    const calls: Call[] = [];
    const named = new Map<string, Call>();
    if (take('(')) {
      while (!take(')')) {
        if (/^\d/.test(tokens[at]!)) numbers.push(Number(tokens[at++]));
        else if (tokens[at + 1] === '=') named.set(tokens[(at += 2) - 2]!, call());
        else calls.push(call());
        take(',');
      }
    }
    return { name, numbers, calls, named };
  };
  return call();
}

export function triggerOf({ name, numbers, calls, named }: Call): TriggerSpec {
  switch (name) {
    case 'Default':
      return { kind: 'default' };
    case 'AfterCount':
      return { kind: 'element-count', count: numbers[0]! };
    case 'AfterWatermark': {
      const early = named.get('early');
      const late = named.get('late');
      return {
        kind: 'after-end-of-window',
        ...(early === undefined ? {} : { early: triggerOf(early) }),
        ...(late === undefined ? {} : { late: triggerOf(late) }),
      };
    }
    case 'Repeatedly':
      return { kind: 'repeat', subtrigger: triggerOf(calls[0]!) };
    default:
      throw new SyntaxError(`no trigger ${name}`);
  }
}
