import { pipeline, s } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';
import { text } from 'strahl/io/text';

const Options = s.options({
  input: s.string
    .default('examples/data/mixed.jsonl')
    .describe('lines, some of which are not JSON'),
  output: s.string.default('out/dead-letters').describe('folder to write'),
});

/** A bad record does not stop the job: it goes to a file of its own, with the reason. */
export default pipeline('dead-letters', Options, (p, o) => {
  const { ok, failed } = p
    .read(text.files(o.input))
    .attempt((line) => JSON.parse(line) as { readonly n: number });
  ok.map((record) => record.n * 2)
    .toStrings()
    .write(text.sink(`${o.output}/good.txt`));
  failed
    .map((f) => ({ line: f.input, why: f.error.name }))
    .write(jsonl.sink(`${o.output}/bad.jsonl`));
});
