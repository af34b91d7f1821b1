import { describe, expect, it } from '@jest/globals';
import { bundleId, transformId } from '../../model/ids.js';
import { TIMESTAMP_MIN } from '../../model/time.js';
import { elementsParts } from './bundle-inputs.js';

describe('the elements of a bundle on their way to a harness', () => {
  it('I1: end with a part that holds none, because some SDKs look at no elements that come with the end', () => {
    const transform = transformId('in');
    const bytes = Uint8Array.of(1, 2);
    const frames = [{ bytes, count: 1, minTimestamp: TIMESTAMP_MIN }];
    const none = transformId('none');
    const named = { instructionId: 'b', transformId: 'in' };
    expect(elementsParts(bundleId('b'), [transform, none], [{ transform, frames }])).toEqual([
      { ...named, data: bytes },
      { ...named, isLast: true },
      { instructionId: 'b', transformId: 'none', isLast: true },
    ]);
  });
});
