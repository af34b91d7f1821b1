// What a bug here looks like: a worker that runs another function than the graph means, or none.
import { expect, it } from '@jest/globals';
import { CONNECTIONS, chain, failureOf } from './connections.fixture.js';

it.each(CONNECTIONS)(
  'a function that this process does not have is named, over %s',
  async (_, make) => {
    const draft = chain(['map', (n: unknown) => n]);
    const descriptor = draft.build();
    draft.functions.clear();
    const connection = make(draft);
    const failure = await failureOf(
      Promise.resolve().then(() => connection.register([descriptor])),
    );
    expect(failure).toMatchObject({ code: 'STRAHL-3001' });
    expect(failure.title).toMatch(/^no function is registered under .+/);
  },
);
