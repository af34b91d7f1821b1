import { isThenable } from '../answers.js';

/** Runs steps one after the other; asynchronous only from the first one on that answers with a promise. */
export function inTurn(steps: readonly (() => void | Promise<void>)[]): void | Promise<void> {
  for (let i = 0; i < steps.length; i++) {
    const pending = steps[i]!();
    if (isThenable(pending)) return restInTurn(pending, steps, i + 1);
  }
}

async function restInTurn(
  pending: Promise<void>,
  steps: readonly (() => void | Promise<void>)[],
  next: number,
): Promise<void> {
  await pending;
  for (let i = next; i < steps.length; i++) await steps[i]!();
}
