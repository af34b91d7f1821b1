// What a bug here looks like: an element too often or missing, or one compared across windows.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fixed, sessions } from '../../index.js';
import { runTest } from '../../testing/index.js';

async function sets(left: readonly number[], right: readonly number[]) {
  const all = { all: true };
  const r = await runTest((p) => {
    const a = p.of(left);
    const b = p.of(right);
    return {
      union: a.union(b),
      unionAll: a.union(b, all),
      intersect: a.intersect(b),
      intersectAll: a.intersect(b, all),
      except: a.except(b),
      exceptAll: a.except(b, all),
    };
  });
  const sorted = (xs: readonly number[]): number[] => [...xs].sort((x, y) => x - y);
  return {
    union: sorted(r.union.values),
    unionAll: sorted(r.unionAll.values),
    intersect: sorted(r.intersect.values),
    intersectAll: sorted(r.intersectAll.values),
    except: sorted(r.except.values),
    exceptAll: sorted(r.exceptAll.values),
  };
}

describe('collections as sets', () => {
  it('are united, intersected and taken from each other, once or as often as they occur', async () => {
    expect(await sets([1, 1, 2, 3], [1, 2, 2, 4])).toEqual({
      union: [1, 2, 3, 4],
      unionAll: [1, 1, 1, 2, 2, 2, 3, 4],
      intersect: [1, 2],
      intersectAll: [1, 2],
      except: [3],
      exceptAll: [1, 3],
    });
  });

  it('keep the laws of multisets', async () => {
    const few = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(few, few, async (a, b) => {
        const r = await sets(a, b);
        // |A| = |A ∩ B| + |A − B|, copies counted, and likewise without copies.
        expect([...r.intersectAll, ...r.exceptAll].sort()).toEqual([...a].sort());
        expect([...r.intersect, ...r.except].sort()).toEqual([...new Set(a)].sort());
        expect(r.unionAll).toHaveLength(a.length + b.length);
        expect(r.union).toEqual([...new Set([...a, ...b])].sort());
      }),
      { numRuns: 15 },
    );
  });

  it('take lists as elements, equal by what is in them', async () => {
    const r = await runTest((p) => {
      const pairs = (...xs: readonly (readonly [string, number])[]) => p.of(xs);
      return { out: pairs(['a', 1], ['b', 2]).intersect(pairs(['b', 2], ['c', 3])) };
    });
    expect(r.out.values).toEqual([['b', 2]]);
  });

  it('are compared window by window', async () => {
    const r = await runTest((p) => {
      const at = (xs: readonly number[]) =>
        p
          .of(xs)
          .withTimestamps((s) => s * 1000)
          .window(fixed('1m'))
          .map((s) => s % 60);
      return { out: at([1, 62]).except(at([61, 2])) };
    });
    expect([...r.out.values].sort()).toEqual([1, 2]);
  });

  it('must have the same windows', async () => {
    await expect(
      runTest((p) => {
        const a = p.of([1]);
        return { out: a.window(fixed('1m')).except(a.window(sessions('1m'))) };
      }),
    ).rejects.toMatchObject({ code: 'STRAHL-1202' });
  });
});
