import { describe } from '@jest/globals';
import { directRunner } from 'strahl/runners/direct';
import type { Runner } from 'strahl/runners/direct';

/** A way to run a pipeline that must give the same results as every other one. */
export interface RunnerUnderTest {
  readonly name: string;
  readonly create: () => Runner;
}

export const RUNNERS: readonly RunnerUnderTest[] = [
  { name: 'direct', create: () => directRunner() },
  { name: 'direct, stages as closures', create: () => directRunner({ compile: 'closures' }) },
  {
    name: 'direct, one element per bundle',
    create: () => directRunner({ bundle: { maxElements: 1 } }),
  },
  {
    name: 'direct, two elements per bundle',
    create: () => directRunner({ bundle: { maxElements: 2 } }),
  },
  {
    name: 'direct, every message as Fn API bytes',
    create: () => directRunner({ connection: 'bytes' }),
  },
];

/** Runs one body of tests over every runner. */
export function onEveryRunner(subject: string, body: (runner: () => Runner) => void): void {
  describe.each(RUNNERS)(`${subject} on $name`, ({ create }) => {
    body(create);
  });
}
