import { STAMPED } from '../../dofn/stamped.js';
import type { RunningStage } from '../running-stage.js';
import { closures } from './closures.js';
import type { LoopCode, NodeShape, StageCode, StageNode } from './node.js';
import { sourceText } from './source-text.js';

/** Makes the code of one instance of a stage. */
export type StageFactory = (stage: RunningStage, nodes: readonly StageNode[]) => StageCode;

type GeneratedFunction = (
  s: RunningStage,
  o: readonly unknown[],
  stamped: typeof STAMPED,
) => LoopCode;

let serial = 0;

/**
 * Compiles a stage to one generated function, with type feedback of its own: a step of this stage
 * calls one function, whatever other pipelines of the process do. This file is the only one that
 * makes code from text; `sourceText` says why no text of a pipeline gets into it.
 */
export function generate(shapes: readonly NodeShape[]): StageFactory {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see above
  const generated = new Function(
    's',
    'o',
    'STAMPED',
    sourceText(shapes, serial++),
  ) as GeneratedFunction;
  return (stage, nodes) => {
    const operators = nodes.map((node) => node.operator);
    return closures(stage, nodes, generated(stage, operators, STAMPED));
  };
}

let allowed: boolean | undefined;

/** Whether this process may make code from text; asked once. */
export function mayGenerate(): boolean {
  if (allowed === undefined) {
    try {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the probe
      allowed = new Function('return true')() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}
