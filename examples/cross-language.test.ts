import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { external, pipeline, s } from 'strahl';
import {
  portableRunner,
  startExpansionService,
  jobServer,
  type Serving,
} from 'strahl/runners/portable';
import moods, { clean } from './13-cross-language.js';

let service: Serving;
let server: Serving;

beforeAll(async () => {
  service = await startExpansionService({ transforms: [clean] });
  server = await jobServer();
});

afterAll(async () => {
  await server.close();
  await service.close();
});

describe('the example of two languages', () => {
  it('offers a transform to pipelines elsewhere', async () => {
    const out: string[] = [];
    const cleaned = external({
      ...{ urn: clean.urn, config: { longest: 3 }, expansion: service.address },
      output: s.string,
    });
    const texts = pipeline('texts', (p) =>
      p
        .of(['  ABCD ', 'x'], s.string)
        .pipe(cleaned)
        .map((text) => void out.push(text)),
    );
    await texts.run({}, { runner: portableRunner({ jobEndpoint: server.address }) });
    expect(out.sort()).toEqual(['abc', 'x']);
  });

  it('is refused by a runner that has one language, with the way to run it', async () => {
    const run = moods.run({
      input: 'examples/data/reviews.jsonl',
      output: 'out/x',
      python: 'python3',
    });
    await expect(run).rejects.toThrow(/STRAHL-2002[\s\S]*strahl job-server/);
  });
});
