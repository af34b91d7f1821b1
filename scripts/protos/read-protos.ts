import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileFacts } from './facts.js';
import { parseProto, resolveTypes } from './text.js';

/** Where our proto texts are. */
export const PROTO_FOLDER: URL = new URL('../../portability/proto/', import.meta.url);

/** All our proto texts, paths relative to their folder, in the order of those paths. */
export function readProtos(): FileFacts[] {
  const paths = readdirSync(fileURLToPath(PROTO_FOLDER), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.proto'))
    .sort();
  return resolveTypes(
    paths.map((path) => parseProto(path, readFileSync(new URL(path, PROTO_FOLDER), 'utf8'))),
  );
}
