// What a bug here would look like: an element that a worker loses, or that two bundles process, and nobody hears of it.
import { describe, expect, it } from '@jest/globals';
import type { BundleSplit, Residual } from '#portability/fnapi/connection.js';
import type { Frame } from '#portability/wire/frames.js';
import { checkSplit } from './split-answer.js';

const root = {} as Frame;
const split = (
  lastPrimary: number,
  firstResidual: number,
  more: Partial<BundleSplit> = {},
): BundleSplit => ({ lastPrimary, firstResidual, primaries: [], residuals: [], ...more });
const divided: Partial<BundleSplit> = { primaries: [root], residuals: [{} as Residual] };

describe('SDF-3: the split of a bundle of two elements', () => {
  it.each([
    ['between them', split(0, 1)],
    ['before both', split(-1, 0)],
    ['behind both', split(1, 2)],
    ['within the first', split(-1, 1, divided)],
    ['within the second', split(0, 2, divided)],
    ['within the first, of which nothing is kept', split(-1, 1, { residuals: divided.residuals! })],
  ])('may be %s', (_, answer) => {
    expect(() => checkSplit(answer, 2)).not.toThrow();
  });

  it.each([
    ['where nothing comes last', split(0, 0)],
    ['before the first', split(-2, -1)],
    ['behind the last', split(2, 3)],
    ['that loses one', split(-1, 1)],
    ['within two at once', split(-1, 2, divided)],
    ['within none', split(0, 1, divided)],
    ['at no index', split(NaN, 1)],
  ])('is refused %s', (_, answer) => {
    expect(() => checkSplit(answer, 2)).toThrow(expect.objectContaining({ code: 'STRAHL-8001' }));
  });
});
