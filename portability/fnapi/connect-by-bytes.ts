import type { Connection } from './connection.js';
import { BundleHarness } from './harness/bundle-harness.js';
import { Link } from './link.js';
import { BytesConnection } from './runner/bytes-connection.js';

/**
 * `inner` behind the Fn API: every call of it becomes messages and every answer comes from messages,
 * asynchronously. Shows that a runner needs nothing that does not survive the bytes.
 */
export function connectByBytes(inner: Connection, defer?: (f: () => void) => void): Connection {
  const link = new Link(defer);
  const harness = new BundleHarness(link, inner);
  const runner = new BytesConnection(link, { close: (failure) => harness.close(failure) });
  link.connect(runner, harness);
  return runner;
}
