import { pipeline, top } from 'strahl';
import { text } from 'strahl/io/text';
import { absoluteCase, ratioCase, type Benchmark } from '../case.js';
import { contest, peakRss } from '../measure.js';
import { pollute } from '../pollute.js';
import { linesByHand } from './lines-by-hand.js';
import { logFile } from './log-file.js';

const BYTES = 1e9;

export const words: Benchmark = {
  name: 'words',
  about: 'split the lines of a 1 GB log on blanks, count per word, ten most frequent',
  async run() {
    await pollute();
    const path = logFile(BYTES);
    let elements = 0;
    linesByHand(path, () => elements++);
    await ours(path);
    const rss = peakRss();
    const result = await contest({
      ours: () => ours(path),
      peer: () => byHand(path),
      elements,
      rounds: 3,
    });
    return [ratioCase('vs-loop', 'ns/line', result, 2.5), absoluteCase('peak-rss', 'MB', rss, 400)];
  },
};

async function ours(path: string): Promise<string> {
  let result = '';
  await pipeline('words', (p) =>
    p
      .read(text.files(path))
      .flatMap((line) => line.split(' '))
      .countPerElement()
      .combineGloballyWith(top(10, ([, n]) => n))
      .map((best) => {
        result = JSON.stringify(best.map(([, n]) => n));
      }),
  ).run({});
  return result;
}

function byHand(path: string): string {
  const counts = new Map<string, number>();
  linesByHand(path, (line) => {
    for (const word of line.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
  });
  const best = [...counts.values()].sort((a, b) => b - a).slice(0, 10);
  return JSON.stringify(best);
}
