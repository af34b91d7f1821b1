import type { StrahlError } from '#portability/errors.js';
import { refusalOf } from '../../graph/placed.js';
import type { Callee } from '../../graph/site.js';

/** The error for an argument that windows and triggers cannot be made of. */
export function outOfRange(title: string, fix: string, callee: Callee): StrahlError {
  return refusalOf(callee, 'windowOutOfRange', { title, fix });
}
