import type { Schema } from './schema/schema.js';
import type { Site } from './site.js';

export function checkOptions(
  _schema: Schema<unknown>,
  _pipeline: string,
  _site: Site | undefined,
): void {
  return;
}
