import { startServing, type ServingProcess } from './serving-process.js';

/** Starts `strahl job-server` of this clone on a free port. */
export function startServerProcess(root: string): Promise<ServingProcess> {
  return startServing(root, ['job-server']);
}
