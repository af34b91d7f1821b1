import { StrahlError } from '#portability/errors.js';
import type { LineOptions } from '../files/input/line-source.js';

/**
 * How a CSV file is written.
 *
 * @example
 * ```ts
 * import { csv, type CsvDialect } from 'strahl/io/csv';
 * const semicolons: CsvDialect = { delimiter: ';', quote: "'" };
 * const rows = csv.files('cities.csv', semicolons);
 * ```
 */
export interface CsvDialect {
  /** Separates fields. Default `,`. */
  readonly delimiter?: string;
  /** Encloses fields that hold delimiters, quotes or line breaks; doubled inside. Default `"`. */
  readonly quote?: string;
}

/**
 * Options of the readers of CSV.
 *
 * @example
 * ```ts
 * import type { Root } from 'strahl';
 * import { csv, type CsvReadOptions } from 'strahl/io/csv';
 * const headless: CsvReadOptions = { columns: ['name', 'people'] };
 * const cities = (p: Root) => csv.read(p, 'cities.csv', headless).records;
 * ```
 */
export interface CsvReadOptions extends CsvDialect, Omit<LineOptions, 'maxLineBytes'> {
  /** Names of the fields. Default: the first record of each file. */
  readonly columns?: readonly string[];
  /** Longest record in bytes. Default 16 MiB. */
  readonly maxRecordBytes?: number;
}

/** @throws STRAHL-9002 for delimiters and quotes that could not be told apart */
export function checkDialect({ delimiter = ',', quote = '"' }: CsvDialect): void {
  if (delimiter === '' || /[\r\n\0]/.test(delimiter)) {
    throw badValue(`${JSON.stringify(delimiter)} cannot separate fields`, "delimiter: ';'");
  }
  if (!/^[\x21-\x7e]$/.test(quote)) {
    throw badValue(
      `quote must be one visible ASCII character, not ${JSON.stringify(quote)}`,
      `quote: "'"`,
    );
  }
  if (delimiter.includes(quote))
    throw badValue(
      'delimiter and quote must differ',
      'give another quote, or leave it out: it is " by itself',
    );
}

/** @throws STRAHL-9002 if a name comes twice */
export function checkColumns(columns: readonly string[]): void {
  if (!Array.isArray(columns)) throw badValue('columns must be a list of names', NAMES);
  const twice = repeated(columns);
  if (twice !== undefined)
    throw badValue(
      `column ${JSON.stringify(twice)} is given twice`,
      'give each column a name of its own',
    );
  if (columns.length === 0) throw badValue('columns must name at least one column', NAMES);
}

export function repeated(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}

const NAMES = "name the fields in their order: columns: ['id', 'amount']";

function badValue(title: string, fix: string): StrahlError {
  return new StrahlError('badValue', { title, fix });
}
