import { pipeline, s } from 'strahl';
import { jsonl } from 'strahl/io/jsonl';

const Order = s.row({ id: s.string, currency: s.string, amount: s.double });

const Options = s.options({
  input: s.string
    .default('examples/data/orders.jsonl')
    .describe('orders, one JSON object per line'),
  output: s.string.default('out/orders-in-euro.jsonl').describe('file to write'),
});

/** Orders in euro: the table of rates is small, so every worker reads it as a map. */
export default pipeline('side-input-join', Options, (p, o) => {
  const rates = p
    .of([
      ['EUR', 1],
      ['USD', 0.9],
      ['GBP', 1.2],
    ] as const)
    .asMap();
  return p
    .read(jsonl.files(o.input, Order))
    .with({ rates })
    .map((order, side) => ({
      id: order.id,
      euro: order.amount * (side.rates.get(order.currency) ?? NaN),
    }))
    .filter((order) => !Number.isNaN(order.euro))
    .write(jsonl.sink(o.output));
});
