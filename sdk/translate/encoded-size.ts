import { ByteWriter } from '#portability/wire/writer.js';
import type { CoderChoice } from '../graph/coder-choice.js';
import { CoderComponents } from './coder-components.js';
import { coderOfElements } from './create-payload.js';
import { FunctionTable } from './function-table.js';

/** How many bytes a value takes in the coder that is chosen. What it gives throws STRAHL-5001 for what has none. */
export function encodedSize(choice: CoderChoice): (value: unknown) => number {
  const functions = new FunctionTable();
  const components = new CoderComponents(functions);
  const id = components.idOf(choice);
  const coder = coderOfElements(id, components.coders, functions.registry);
  const scratch = new ByteWriter();
  return (value) => {
    scratch.pos = 0;
    coder.encode(value, scratch);
    return scratch.pos;
  };
}
