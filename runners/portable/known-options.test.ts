// What a bug here would look like: a misspelt token that is never asked for, so that a server is open to everybody.
import { expect, it } from '@jest/globals';
import { jobServer, portableRunner } from './index.js';

it('refuses a misspelt option of a job server before anything listens', async () => {
  await expect(jobServer({ tokn: 'secret' } as never)).rejects.toMatchObject({
    code: 'STRAHL-9002',
    title: 'jobServer has no option "tokn"',
  });
});

it('refuses a misspelt option of the portable runner when it is made', () => {
  const options = { jobEndpoint: 'localhost:1', enviroment: 'process' } as never;
  expect(() => portableRunner(options)).toThrow('portableRunner has no option "enviroment"');
});

it('serves at the address that it is told', async () => {
  const server = await jobServer({ host: '127.0.0.1', port: 0 });
  expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
  await server.close();
});
