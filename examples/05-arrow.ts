import { pipeline, s, sum } from 'strahl';
import { arrow } from 'strahl/io/arrow';

const Reading = s.row({ sensor: s.string, value: s.double });
const Total = s.row({ sensor: s.string, total: s.double });

const WriteOptions = s.options({
  readings: s.string.default('out/readings.arrow').describe('Arrow file to write'),
});

/** Writes rows to an Arrow file, as `strahl run examples/05-arrow.ts#write`. */
export const write = pipeline('arrow-write', WriteOptions, (p, o) =>
  p
    .generateSequence({ to: 1000 })
    .map((n) => ({ sensor: `s${String(n % 4)}`, value: n / 2 }), Reading)
    .write(arrow.sink(o.readings, { schema: Reading })),
);

const Options = s.options({
  readings: s.string.default('examples/data/readings.arrow').describe('Arrow file to read'),
  output: s.string.default('out/totals.arrow').describe('Arrow file to write'),
});

/** Reads them column by column, and writes one total per sensor. */
export default pipeline('arrow', Options, (p, o) =>
  p
    .read(arrow.files(o.readings, { as: 'rows', schema: Reading }))
    .keyBy('sensor')
    .combineWith(sum((r) => r.value))
    .map(([sensor, total]) => ({ sensor, total }), Total)
    .write(arrow.sink(o.output, { schema: Total })),
);
