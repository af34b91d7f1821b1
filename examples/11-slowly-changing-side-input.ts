import { pipeline } from 'strahl';
import { memory } from 'strahl/io/memory';

let loads = 0;

/** Stands for a service, or a table, that somebody else changes from time to time. */
function loadRates(): Promise<ReadonlyMap<string, number>> {
  loads++;
  return Promise.resolve(new Map([['USD', 0.9 + loads / 100]]));
}

/** Orders in euro, in the order in which they came. */
export const converted: { readonly order: number; readonly euro: number }[] = [];

/**
 * An endless stream of orders, converted with the rate that was loaded last. It is loaded when the job starts and then twice
 * a second; a real pipeline might do so once an hour. Ends with Ctrl-C, `strahl drain` or `strahl cancel`.
 */
export default pipeline('slowly-changing-side-input', (p) => {
  const rates = p.refreshEvery('500ms', loadRates);
  return p
    .generateSequence({ from: 1, every: '200ms' })
    .with({ rates })
    .map((order, sides) => ({ order, euro: Math.round(100 * (sides.rates.get('USD') ?? NaN)) }))
    .log()
    .write(memory.collect(converted));
});
