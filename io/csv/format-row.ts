import type { CsvDialect } from './csv-options.js';

/**
 * Makes a function that writes fields as one record of RFC 4180, without its line end. A field is quoted
 * where it must be; `null` and `undefined` are empty fields.
 */
export function rowFormatter({
  delimiter = ',',
  quote = '"',
}: CsvDialect): (fields: readonly unknown[]) => string {
  // Half of a delimiter at an end of a field would make a whole one together with its neighbour.
  const special = [quote, ...Array.from(delimiter)];
  const format = (field: unknown): string => {
    const text = textOf(field);
    const plain = !special.some((char) => text.includes(char)) && !/[\r\n]|^\s|\s$/.test(text);
    return plain ? text : quote + text.replaceAll(quote, quote + quote) + quote;
  };
  return (fields) => {
    // A record of one empty field would be a blank line, which readers leave out.
    const line = fields.map(format).join(delimiter);
    return line === '' ? quote + quote : line;
  };
}

function textOf(field: unknown): string {
  switch (typeof field) {
    case 'string':
      return field;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(field);
    case 'undefined':
      return '';
    default:
      if (field === null) return '';
      if (Object.prototype.toString.call(field) === '[object Date]')
        return JSON.parse(JSON.stringify(field)) as string;
      throw new TypeError(`a field is ${describe(field)}, which CSV cannot say`);
  }
}

function describe(field: unknown): string {
  return typeof field === 'object'
    ? Object.prototype.toString.call(field).slice(8, -1)
    : typeof field;
}
