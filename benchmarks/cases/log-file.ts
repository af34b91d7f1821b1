import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FOLDER = join(import.meta.dirname, '..', '..', '.cache');
const SOURCE = join(import.meta.dirname, '..', '..', 'examples', 'data', 'apache_access.log.gz');

/** The example's web-server log repeated until it fills `bytes`; made once and kept. */
export function logFile(bytes: number): string {
  const path = join(FOLDER, `access-${String(bytes)}.log`);
  if (existsSync(path) && statSync(path).size >= bytes) return path;
  mkdirSync(FOLDER, { recursive: true });
  const log = gunzipSync(readFileSync(SOURCE));
  const partial = `${path}.part`;
  const file = openSync(partial, 'w');
  for (let written = 0; written < bytes; written += log.length) writeSync(file, log);
  closeSync(file);
  renameSync(partial, path);
  return path;
}
