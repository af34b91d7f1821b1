import { describe, expect, it } from '@jest/globals';
import {
  components,
  graph,
  parDo,
  pcollection,
  transform,
  windowing,
} from '../../test/conformance/sample-graph.js';
import { isStrahlError } from '../errors.js';
import { functionSpec } from '../model/function-spec.js';
import { coderId, pcollectionId, transformId, windowingStrategyId } from '../model/ids.js';
import { duration } from '../model/time.js';
import { decodeGraph, encodeGraph } from './pipeline-proto.js';

/** Whoever may submit a pipeline may send any bytes: they must end in a graph or in one of our errors. */
const INPUTS = 50_000;
const SEED = 0x5eed;

/** xorshift32: the same bytes on every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Small, with every kind of message, so that a mutation likely hits one that matters. */
function sample(): Uint8Array {
  const spec = {
    ...parDo,
    stateSpecs: new Map([['s', { kind: 'bag', coderId: coderId('bytes') } as const]]),
    sideInputs: new Map([
      [
        'in1',
        {
          accessPattern: functionSpec('a'),
          viewFn: functionSpec('b'),
          windowMappingFn: functionSpec('c'),
        },
      ],
    ]),
  };
  return encodeGraph(
    graph(
      {
        transforms: new Map([
          transform('I', { kind: 'impulse' }, [], ['p1']),
          transform('M', spec, ['p1', 'p1'], ['p2']),
          transform('G', { kind: 'group-by-key' }, ['p2'], ['p3']),
        ]),
        pcollections: new Map([...components().pcollections, pcollection('p3')]),
        windowingStrategies: new Map([
          [
            windowingStrategyId('w'),
            windowing({
              windowFn: {
                kind: 'sliding',
                size: duration(9),
                period: duration(4),
                offset: duration(1),
              },
              trigger: {
                kind: 'or-finally',
                main: { kind: 'repeat', subtrigger: { kind: 'element-count', count: 1 } },
                finally: {
                  kind: 'after-all',
                  subtriggers: [{ kind: 'never' }, { kind: 'always' }],
                },
              },
            }),
          ],
        ]),
      },
      { rootTransformIds: ['I', 'M', 'G'].map(transformId) },
    ),
  );
}

/** Flips, overwrites, cuts, repeats and inserts. */
function mutate(bytes: Uint8Array, below: (n: number) => number): Uint8Array {
  let mutant = Buffer.from(bytes);
  for (let left = 1 + below(3); left > 0; left--) {
    const at = below(mutant.length);
    switch (below(5)) {
      case 0:
        mutant[at] = mutant[at]! ^ (1 << below(8));
        break;
      case 1:
        mutant[at] = [0x00, 0x7f, 0x80, 0xff, below(256)][below(5)]!;
        break;
      case 2:
        if (at > 0) mutant = mutant.subarray(0, at);
        break;
      case 3: {
        const end = Math.min(mutant.length, at + 1 + below(40));
        mutant = Buffer.concat([mutant.subarray(0, end), mutant.subarray(at)]);
        break;
      }
      case 4: {
        const noise = Buffer.from(Array.from({ length: 1 + below(10) }, () => below(256)));
        mutant = Buffer.concat([mutant.subarray(0, at), noise, mutant.subarray(at)]);
      }
    }
  }
  return mutant;
}

describe('a mutated pipeline', () => {
  it(`ends in a graph or a StrahlError, ${String(INPUTS)} times`, () => {
    const bytes = sample();
    expect(decodeGraph(bytes).components.pcollections.has(pcollectionId('p3'))).toBe(true);
    const below = generator(SEED);
    // Most inputs are refused, and collecting a stack costs more than the refusal.
    Error.stackTraceLimit = 0;
    let accepted = 0;
    for (let i = 0; i < INPUTS; i++) {
      const mutant = mutate(bytes, below);
      try {
        const decoded = decodeGraph(mutant);
        accepted++;
        // What is accepted can be written and read again.
        if (i % 16 === 0) decodeGraph(encodeGraph(decoded));
      } catch (e) {
        if (isStrahlError(e)) continue;
        throw new Error(
          `seed ${String(SEED)}, input ${String(i)}: ${Buffer.from(mutant).toString('hex')}`,
          { cause: e },
        );
      }
    }
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(INPUTS);
  }, 120_000);
});
