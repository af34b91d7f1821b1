// What a bug here looks like: an old response, a failure that stays, or memory that grows for ever.
import { describe, expect, it } from '@jest/globals';
import { settled } from './request-clock.fixture.js';
import { ResponseCache } from './response-cache.js';

describe('a cache of responses', () => {
  it('forgets the least recently used response', async () => {
    const cache = new ResponseCache<string>(2, Infinity);
    for (const key of ['a', 'b']) cache.put(key, Promise.resolve(key), 0);
    expect(await cache.find('a', 0)).toBe('a');
    cache.put('c', Promise.resolve('c'), 0);
    expect(cache.find('b', 0)).toBeUndefined();
    expect(await cache.find('a', 0)).toBe('a');
    expect(await cache.find('c', 0)).toBe('c');
  });

  it('gives no response that is older than its lifetime', async () => {
    const cache = new ResponseCache<string>(9, 100);
    cache.put('a', Promise.resolve('old'), 0);
    expect(await cache.find('a', 99)).toBe('old');
    expect(cache.find('a', 100)).toBeUndefined();
  });

  it('does not keep failures', async () => {
    const cache = new ResponseCache<string>(9, Infinity);
    cache.put('a', Promise.reject(new Error('no')), 0);
    await settled();
    expect(cache.find('a', 0)).toBeUndefined();
  });
});
