import { Script } from 'node:vm';
import { STAMPED } from '../../dofn/stamped.js';
import type { Emit } from '../operators/operator.js';
import type { RunningStage } from '../stage/running-stage.js';
import { closures } from './closures.js';
import type { LoopCode, NodeShape, StageCode, StageNode } from './node.js';
import { sourceText } from './source-text.js';

/** Makes the code of one instance of a stage. */
export type StageFactory = (stage: RunningStage, nodes: readonly StageNode[]) => StageCode;

type GeneratedFunction = (
  s: RunningStage,
  o: readonly unknown[],
  stamped: typeof STAMPED,
  e: readonly Emit[],
) => LoopCode;

/** Shapes that are kept compiled; a process has a few dozen. */
const MOST_SCRIPTS = 256;

const scripts = new Map<string, Script>();

/**
 * Compiles a stage to one generated function, with type feedback of its own: a step of this stage
 * calls one function, whatever other pipelines of the process do. Besides the readers
 * of objects this is all that makes code from text; `sourceText` says why no text of a pipeline gets into it.
 *
 * Stages of one shape have one text, which is compiled once. Each run of a script gives a function whose feedback
 * starts empty; a second call of one function, or `new Function` of an equal text, would share it.
 */
export function generate(shapes: readonly NodeShape[]): StageFactory {
  const generated = scriptOf(shapes).runInThisContext() as GeneratedFunction;
  return (stage, nodes) => {
    const operators = nodes.map((node) => node.operator);
    const emits: Emit[] = [];
    return closures(stage, nodes, emits, generated(stage, operators, STAMPED, emits));
  };
}

function scriptOf(shapes: readonly NodeShape[]): Script {
  const key = keyOf(shapes);
  let script = scripts.get(key);
  if (script === undefined) {
    if (scripts.size >= MOST_SCRIPTS) scripts.clear();
    const text = `(function(s,o,STAMPED,e){${sourceText(shapes)}})`;
    script = new Script(text, { filename: 'strahl-stage' });
    scripts.set(key, script);
  }
  return script;
}

/** All that the text of a stage depends on, in less time than the text itself takes. */
function keyOf(shapes: readonly NodeShape[]): string {
  let key = '';
  for (const { template, explodes, sides, targets } of shapes) {
    key += `${template} ${String(explodes)} ${String(sides)} ${targets.join('/')};`;
  }
  return key;
}
