import { StrahlError } from '../errors.js';
import { previewOf } from './plain/plain-refusal.js';

/** STRAHL-5001 for a value that is not of the type its coder writes. */
export function wrongType(value: unknown, expected: string): StrahlError {
  return new StrahlError('cannotEncode', {
    title: `expected ${expected} but found ${previewOf(value)}`,
  });
}
