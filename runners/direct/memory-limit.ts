import { MemoryBudget } from '#runners/core/spill/memory-budget.js';
import type { Scratch } from '#runners/core/spill/scratch.js';
import { FileScratch } from './file-scratch.js';

/** What is left to the heap, to user code, to bundles that run and to other programs. */
const SHARE = 1 / 4;

/** Bytes that stages may hold together where nobody says. */
function defaultMemory(): number {
  // 0 or more than there is where nothing limits the process.
  const constrained = process.constrainedMemory();
  const total = process.getBuiltinModule('node:os').totalmem();
  return Math.floor((constrained > 0 ? Math.min(constrained, total) : total) * SHARE);
}

/** A budget whose excess goes to files, or to wherever a test says. */
export function memoryBudget(
  bytes: number = defaultMemory(),
  scratch: Scratch = new FileScratch(),
): MemoryBudget {
  return new MemoryBudget(bytes, scratch);
}
