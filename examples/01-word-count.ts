import { pipeline, s } from 'strahl';
import { text } from 'strahl/io/text';

const Options = s.options({
  input: s.string.default('examples/data/poem.txt').describe('text files to read; a glob'),
  output: s.string.default('out/word-count.txt').describe('file to write'),
});

/** How often each word occurs. */
export default pipeline('word-count', Options, (p, o) =>
  p
    .read(text.files(o.input))
    .flatMap((line) => line.toLowerCase().match(/\p{L}+/gu) ?? [])
    .countPerElement()
    .map(([word, n]) => `${word}: ${String(n)}`)
    .write(text.sink(o.output)),
);
