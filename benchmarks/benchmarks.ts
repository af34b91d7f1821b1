import type { Benchmark } from './case.js';
import { buffer } from './cases/buffer.js';
import { chain } from './cases/chain.js';
import { combine } from './cases/combine.js';
import { compact } from './cases/compact.js';
import { group } from './cases/group.js';
import { peer } from './cases/peer.js';
import { plan } from './cases/plan.js';
import { start } from './cases/start.js';
import { text } from './cases/text.js';
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
];
