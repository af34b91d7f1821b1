import { describe, expect, it } from '@jest/globals';
import { parseLine } from './access-log-line.js';

const GOOD =
  '1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET /a/b?q=1 HTTP/1.1" 200 512 "-" "Mozilla/5.0"';

describe('a line of a web-server log', () => {
  it('gives client, time, path without the query, status and bytes', () => {
    expect(parseLine(GOOD)).toEqual({
      kind: 'request',
      request: {
        client: '1.2.3.4',
        time: Date.parse('2015-05-17T10:05:03Z'),
        path: '/a/b',
        status: 200,
        bytes: 512,
      },
    });
  });

  it.each([
    ['a common-format line', GOOD.slice(0, GOOD.indexOf(' "-"'))],
    ['a trailing carriage return', `${GOOD}\r`],
    ['an escaped quote', GOOD.replace('Mozilla', String.raw`Moz\"illa`)],
    ['a referrer only', GOOD.replace(' "Mozilla/5.0"', '')],
    ['a request without a protocol', GOOD.replace(' HTTP/1.1', '')],
  ])('accepts %s', (_, line) => {
    expect(parseLine(line).kind).toBe('request');
  });

  it('counts 0 bytes for a dash and applies the time zone', () => {
    const line = GOOD.replace(' 512 ', ' - ').replace('+0000', '-0130');
    expect(parseLine(line)).toMatchObject({
      request: { bytes: 0, time: Date.parse('2015-05-17T11:35:03Z') },
    });
  });

  it('takes a year as it is written', () => {
    expect(parseLine(GOOD.replace('2015', '0050'))).toMatchObject({
      request: { time: Date.parse('0050-05-17T10:05:03Z') },
    });
  });

  it.each([
    ['empty line', ''],
    ['unclosed quote', GOOD.slice(0, -1)],
    ['request without a path', GOOD.replace('GET /a/b?q=1 HTTP/1.1', '-')],
    ['impossible time [30/Feb/2015:10:05:03 +0000]', GOOD.replace('17/May', '30/Feb')],
    ['impossible time [17/May/2015:24:05:03 +0000]', GOOD.replace(':10:', ':24:')],
    ['impossible time [17/May/0000:10:05:03 +0000]', GOOD.replace('2015', '0000')],
    [
      'impossible time [31/Dec/9999:23:59:59 -0001]',
      GOOD.replace(/\[.*\]/, '[31/Dec/9999:23:59:59 -0001]'),
    ],
    ['impossible time [17/Mai/2015:10:05:03 +0000]', GOOD.replace('May', 'Mai')],
    ['not in the combined log format', GOOD.replace(' 200 ', ' 20 ')],
    ['not in the combined log format', GOOD.replace(' 512 ', ' many ')],
    ['not in the combined log format', `${GOOD} trailing`],
  ])('is rejected because of %s', (why, line) => {
    expect(parseLine(line)).toEqual({ kind: 'rejected', why });
  });
});
