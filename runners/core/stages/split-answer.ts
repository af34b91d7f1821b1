import { StrahlError } from '#portability/errors.js';
import type { BundleSplit } from '#portability/fnapi/connection.js';

/**
 * SDF-3: what a bundle keeps and what it gives away are all that it has, each once; `end` is the index of the first
 * element that it does not have any more.
 *
 * @throws STRAHL-8001 for another answer: elements would be lost, or processed twice
 */
export function checkSplit(split: BundleSplit, end: number): void {
  const { lastPrimary, firstResidual, primaries, residuals } = split;
  const between = firstResidual - lastPrimary - 1;
  const roots = primaries.length + residuals.length;
  const isWhole = Number.isSafeInteger(between) && lastPrimary >= -1 && firstResidual <= end;
  // The one element between them is divided, and has roots; others have none.
  if (isWhole && (between === 0 ? roots === 0 : between === 1 && roots > 0)) return;
  throw new StrahlError('protocolBroken', {
    title: 'the split of a bundle breaks the contract between engine and user code',
    why:
      `of ${String(end)} elements it keeps those up to index ${String(lastPrimary)}, gives back those from ` +
      `${String(firstResidual)} on and has ${String(roots)} roots for what lies between`,
  });
}
