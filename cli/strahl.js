#!/usr/bin/env node
// The published package runs what was built. A clone has the sources beside this file and runs those, so that
// `npx strahl` works after `npm ci` alone and never runs a stale build.
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';

// Node 22.8 and newer keep what they have compiled for the next command.
nodeModule.enableCompileCache?.();

if (existsSync(new URL('./main.ts', import.meta.url))) {
  // A file of a package without `"type": "module"` is CommonJS to Node, whatever its syntax: hence both.
  const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
  cjs.register();
  esm.register();
  globalThis[Symbol.for('strahl.tsx')] = true;
  nodeModule.register('./source-condition.js', import.meta.url);
  const { main } = await import('./main.ts');
  await main();
} else {
  const { main } = await import('../dist/cli/main.js');
  await main();
}
