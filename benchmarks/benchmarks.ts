import type { Benchmark } from './case.js';
import { buffer } from './cases/buffer.js';
import { chain } from './cases/chain.js';
import { combine } from './cases/combine.js';
import { compact } from './cases/compact.js';
import { external } from './cases/external.js';
import { grpc } from './cases/grpc.js';
import { harness } from './cases/harness.js';
import { group } from './cases/group.js';
import { hold } from './cases/hold.js';
import { late } from './cases/late.js';
import { jobServer } from './cases/job-server.js';
import { latency } from './cases/latency.js';
import { nexmark } from './cases/nexmark.js';
import { objects } from './cases/objects.js';
import { peer } from './cases/peer.js';
import { plan } from './cases/plan.js';
import { sessions } from './cases/sessions.js';
import { sliding } from './cases/sliding.js';
import { state } from './cases/state.js';
import { start } from './cases/start.js';
import { text } from './cases/text.js';
import { triggers } from './cases/triggers.js';
import { words } from './cases/words.js';

export const BENCHMARKS: readonly Benchmark[] = [
  chain,
  group,
  combine,
  compact,
  peer,
  text,
  words,
  start,
  plan,
  buffer,
  objects,
  state,
  sliding,
  sessions,
  triggers,
  late,
  latency,
  hold,
  nexmark,
  external,
  harness,
  jobServer,
  grpc,
];
