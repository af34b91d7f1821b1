import { describe, expect, it } from '@jest/globals';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import { environmentOf } from './stage-router.js';

// A worker that does not know a coder reads other values than were written, or none.

function stage(step: string | undefined, windows: string | undefined): StageDescriptor {
  const components = {
    pcollections: new Map([['c', { windowingStrategyId: 'w' }]]),
    windowingStrategies: new Map([['w', { environmentId: windows }]]),
  };
  const transforms = [
    { inputs: new Map(), outputs: new Map([['out', 'c']]) },
    { inputs: new Map([['in', 'c']]), outputs: new Map(), environmentId: step },
  ];
  return { components, transforms } as unknown as StageDescriptor;
}

describe('the environment that runs a stage', () => {
  it('is that of its steps', () => {
    expect(environmentOf(stage('java', 'python'))).toBe('java');
  });

  it('is, where a stage only encodes a collection anew, that of the SDK that made the collection', () => {
    expect(environmentOf(stage(undefined, 'python'))).toBe('python');
  });

  it('is any for a collection of which nobody says who made it', () => {
    expect(environmentOf(stage(undefined, undefined))).toBeUndefined();
  });
});
