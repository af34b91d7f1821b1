import type { Step } from '../steps/step.js';
import { CallOperator } from './call-operator.js';

const FAILED = 1;

/** Makes an output of what the function throws: `{ input, error, at }`. */
export class AttemptOperator extends CallOperator {
  override rejected(error: unknown, x: unknown): void {
    // A bug of the function; no later try of the element could succeed.
    if (this.step.isMutation(error)) this.fail(error, x);
    this.emits[FAILED]!({ input: x, error: plainError(error), at: placeOf(this.step) });
  }
}

function placeOf({ name, site }: Step): string {
  return site === undefined ? name : `${name} at ${site}`;
}

/** Plain data, because the failure is an element that may travel. */
function plainError(thrown: unknown): { name: string; message: string; stack: string } {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const { name, message, stack } = thrown as {
      name?: unknown;
      message: unknown;
      stack?: unknown;
    };
    return {
      name: typeof name === 'string' ? name : 'Error',
      message: String(message),
      stack: typeof stack === 'string' ? stack : '',
    };
  }
  return { name: typeof thrown, message: String(thrown), stack: '' };
}
