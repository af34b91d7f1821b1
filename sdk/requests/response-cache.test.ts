// What a bug here looks like: an old response, a failure that stays, or memory that grows for ever.
import { describe, expect, it } from '@jest/globals';
import { settled } from './request-clock.fixture.js';
import { ResponseCache } from './response-cache.js';

describe('a cache of responses', () => {
  it('forgets the least recently used response', async () => {
    const cache = new ResponseCache<string>(2, Infinity, () => 0);
    for (const key of ['a', 'b']) cache.put(key, Promise.resolve(key));
    expect(await cache.find('a')).toBe('a');
    cache.put('c', Promise.resolve('c'));
    expect(cache.find('b')).toBeUndefined();
    expect(await cache.find('a')).toBe('a');
    expect(await cache.find('c')).toBe('c');
  });

  it('gives no response that is older than its lifetime', async () => {
    let now = 0;
    const cache = new ResponseCache<string>(9, 100, () => now);
    cache.put('a', Promise.resolve('old'));
    now = 99;
    expect(await cache.find('a')).toBe('old');
    now = 100;
    expect(cache.find('a')).toBeUndefined();
  });

  it('does not keep failures', async () => {
    const cache = new ResponseCache<string>(9, Infinity, () => 0);
    cache.put('a', Promise.reject(new Error('no')));
    await settled();
    expect(cache.find('a')).toBeUndefined();
  });
});
