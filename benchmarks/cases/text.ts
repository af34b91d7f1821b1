import { pipeline } from 'strahl';
import { text as textFiles } from 'strahl/io/text';
import { absoluteCase, ratioCase, type Benchmark } from '../case.js';
import { contest, peakRss } from '../measure.js';
import { pollute } from '../pollute.js';
import { linesByHand } from './lines-by-hand.js';
import { logFile } from './log-file.js';

const BYTES = 1e9;

export const text: Benchmark = {
  name: 'text',
  about: 'read and count the lines of a 1 GB log, against a reader written by hand',
  async run() {
    await pollute();
    const path = logFile(BYTES);
    const before = await ours(path);
    const rss = peakRss();
    const result = await contest({
      ours: () => ours(path),
      peer: () => byHand(path),
      elements: before,
      rounds: 3,
    });
    return [
      ratioCase('vs-reader', 'ns/line', result, 2.5),
      absoluteCase('peak-rss', 'MB', rss, 300),
    ];
  },
};

async function ours(path: string): Promise<number> {
  let lines = 0;
  await pipeline('text', (p) =>
    p
      .read(textFiles.files(path))
      .count()
      .map((n) => {
        lines = n;
      }),
  ).run({});
  return lines;
}

function byHand(path: string): number {
  let lines = 0;
  linesByHand(path, (line) => {
    if (line.length >= 0) lines++;
  });
  return lines;
}
