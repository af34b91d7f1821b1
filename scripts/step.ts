import { spawn } from 'node:child_process';

/** One command of a check; it passes if it exits with 0. */
export interface Step {
  readonly name: string;
  /** Arguments of `node`, or a command with its arguments. */
  readonly command: readonly [string, ...string[]];
}

export interface StepResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What the command wrote, both streams in order of arrival. */
  readonly output: string;
}

export function runStep(step: Step, cwd: string): Promise<StepResult> {
  const started = performance.now();
  const [command, ...args] = step.command;
  return new Promise((resolve) => {
    let output = '';
    const finish = (passed: boolean): void => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ name: step.name, passed, seconds, output: output.trim() });
    };
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      output += String(error);
      finish(false);
    });
    child.on('close', (code) => {
      finish(code === 0);
    });
  });
}

/** Runs the steps in order, `width` of them at a time, and tells each result as it comes. */
export async function runSteps(
  steps: readonly Step[],
  cwd: string,
  width: number,
  tell: (result: StepResult) => void,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const queue = [...steps];
  const lane = async (): Promise<void> => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const result = await runStep(step, cwd);
      results.push(result);
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
