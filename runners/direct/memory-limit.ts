import { totalmem } from 'node:os';
import { MemoryBudget } from '#runners/core/spill/memory-budget.js';
import { FileScratch } from './file-scratch.js';

/** What is left to the heap, to user code, to bundles that run and to other programs. */
const SHARE = 1 / 4;

/** Bytes that stages may hold together where nobody says. */
export function defaultMemory(): number {
  // 0 or more than there is where nothing limits the process.
  const constrained = process.constrainedMemory();
  const total = totalmem();
  return Math.floor((constrained > 0 ? Math.min(constrained, total) : total) * SHARE);
}

/** A budget whose excess goes to files. */
export function memoryBudget(bytes: number = defaultMemory()): MemoryBudget {
  return new MemoryBudget(bytes, new FileScratch());
}
