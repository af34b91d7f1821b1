// Importing the library must stay cheap: no coder, proto, harness, engine or rxjs before something runs.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from '@jest/globals';
import * as door from './index.js';

const ROOT = join(import.meta.dirname, '..');

function modulesFrom(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, clause, from] of text.matchAll(/^(?:import|export)\s([^;']*?)from '([^']+)';/gm)) {
    const isType = clause!.startsWith('type ') || isAllTypes(clause!);
    if (isType || !/^[.#]/.test(from!)) continue;
    const target = from!.startsWith('#') ? join(ROOT, from!.slice(1)) : join(dirname(file), from!);
    modulesFrom(target.replace(/\.js$/, '.ts'), seen);
  }
  return seen;
}

/** `{ type A, type B }` */
function isAllTypes(clause: string): boolean {
  const names = /^\{([\s\S]*)\}\s*$/.exec(clause.trim())?.[1]?.split(',') ?? [];
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  return given.length > 0 && given.every((name) => name.startsWith('type '));
}

it('loads nothing that only a run needs', () => {
  const loaded = [...modulesFrom(join(ROOT, 'sdk', 'index.ts'))].map((f) => relative(ROOT, f));
  const allowed =
    /^(sdk\/(?!harness\/|translate\/|testing\/|result)|portability\/(errors|describe-given|option-names|model\/))/;
  expect(loaded.filter((file) => !allowed.test(file))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(20);
});

it('has what it says, and nothing of what comes later', () => {
  expect(Object.keys(door).sort()).toEqual(
    [
      ...['GLOBAL_WINDOW_END', 'StrahlError', 'TIMESTAMP_MAX', 'TIMESTAMP_MIN', 'bottom', 'bytes'],
      ...[
        'coGroupByKey',
        'combineFn',
        'count',
        'eventTime',
        'fixed',
        'globalWindow',
        'isStrahlError',
      ],
      ...[
        'json',
        'keyCoder',
        'lookAt',
        'managed',
        'max',
        'mean',
        'min',
        'pipeline',
        'regex',
        's',
        'sample',
        'sampleAny',
      ],
      ...[
        'sessions',
        'sliding',
        'stamp',
        'sum',
        'toList',
        'toMap',
        'toSet',
        'top',
        'utf8',
        'windowFn',
      ],
      ...['approxDistinct', 'approxQuantiles', 'approxTop'],
      ...['external', 'offerTransform', 'pythonSource'],
      ...['afterCount', 'afterProcessingTime', 'afterSynchronizedProcessingTime', 'afterWatermark'],
      ...['allOf', 'always', 'anyOf', 'defaultTrigger', 'eachElement', 'every', 'inOrder', 'never'],
      ...['calendar', 'repeat'],
      ...['bag', 'combining', 'mapOf', 'multimapOf', 'orderedList', 'setOf', 'value'],
      ...['eventTimer', 'eventTimerFamily', 'processingTimer', 'processingTimerFamily'],
      ...['growableRange', 'offsetRange', 'source', 'tracker', 'watermarkEstimator'],
    ].sort(),
  );
});
