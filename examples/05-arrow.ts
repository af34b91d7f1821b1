import { pipeline, s, sum } from 'strahl';
import { arrow } from 'strahl/io/arrow';

const Reading = s.row({ sensor: s.string, value: s.double });
const Total = s.row({ sensor: s.string, total: s.double });

const Options = s.options({
  readings: s.string.default('out/readings.arrow').describe('Arrow file to write and read again'),
  output: s.string.default('out/totals.arrow').describe('Arrow file to write'),
});

/** Writes rows to an Arrow file. */
export const write = pipeline('arrow-write', Options, (p, o) =>
  p
    .generateSequence({ to: 1000 })
    .map((n) => ({ sensor: `s${String(n % 4)}`, value: n / 2 }), Reading)
    .write(arrow.sink(o.readings, { schema: Reading })),
);

/** Reads them back column by column, and writes one total per sensor. */
export default pipeline('arrow', Options, (p, o) =>
  p
    .read(arrow.files(o.readings, { as: 'rows', schema: Reading }))
    .keyBy('sensor')
    .combineWith(sum((r) => r.value))
    .map(([sensor, total]) => ({ sensor, total }), Total)
    .write(arrow.sink(o.output, { schema: Total })),
);
