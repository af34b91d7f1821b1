// Looks at the engine after each step: what must hold at any time is checked there, not at the end.
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import type { RunningStage } from '#runners/core/stages/running-stage.js';
import { Task } from '#runners/core/task.js';
import { isThenable } from '#runners/core/thenable.js';

interface Seen {
  input: number;
  output: number;
}

/** What a run broke, and a number that only the same run has (P11). */
export interface Testimony {
  readonly violations: readonly string[];
  readonly hash: number;
  readonly steps: number;
}

/** Runs `body` and watches every task that runs meanwhile; only one call at a time. */
export async function witnessed<R>(body: () => Promise<R>): Promise<readonly [R, Testimony]> {
  const witness = new Witness();
  const { prototype } = Task;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below, called with its task
  const { step } = prototype;
  prototype.step = function (this: Task, stage: RunningStage): void | Promise<void> {
    const under = step.call(this, stage);
    witness.look(this, stage);
    if (!isThenable(under)) return;
    return under.then(() => witness.look(this, stage));
  };
  try {
    const result = await body();
    witness.end();
    return [result, witness];
  } finally {
    prototype.step = step;
  }
}

class Witness implements Testimony {
  readonly violations: string[] = [];
  hash = 0x811c9dc5;
  steps = 0;
  readonly #seen = new Map<RunningStage, Seen>();

  look(task: Task, stepped: RunningStage): void {
    this.steps++;
    this.#note(`${stepped.planned.id} ${String(task.env.clock.now())}`);
    for (const stage of task.stages) this.#lookAt(stage);
  }

  /** P3 and P10: bounded work ends, and everybody says so. */
  end(): void {
    for (const stage of this.#seen.keys()) {
      const { planned, watermarks, pendingElements } = stage;
      if (watermarks.output !== TIMESTAMP_MAX) {
        this.violations.push(`P3: ${planned.name} ended at ${String(watermarks.output)}`);
      }
      if (pendingElements > 0) {
        this.violations.push(`P10: ${planned.name} left ${String(pendingElements)} elements`);
      }
    }
  }

  /** P3: watermarks never move back, nor past what holds them. */
  #lookAt(stage: RunningStage): void {
    const { input, output, upstream } = stage.watermarks;
    const before = this.#seen.get(stage) ?? { input: -Infinity, output: -Infinity };
    const claim = (holds: boolean, what: string): void => {
      if (!holds) this.violations.push(`P3: ${stage.planned.name}: ${what}`);
    };
    claim(input >= before.input && output >= before.output, 'a watermark moved back');
    claim(input <= upstream, 'the input watermark is ahead of upstream');
    claim(output <= input, 'the output watermark is ahead of the input');
    if (output > before.output) {
      const held = Math.min(...stage.holds().map(({ time }) => time));
      claim(
        output <= held,
        `the output watermark ${String(output)} passed a hold at ${String(held)}`,
      );
    }
    if (input === before.input && output === before.output) return;
    this.#seen.set(stage, { input, output });
    this.#note(`${stage.planned.id} ${String(input)} ${String(output)}`);
  }

  /** FNV-1a. */
  #note(text: string): void {
    for (let i = 0; i < text.length; i++) {
      this.hash = Math.imul(this.hash ^ text.charCodeAt(i), 0x01000193);
    }
  }
}
