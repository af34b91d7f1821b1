import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import accessLog from './access-log.js';
import { parseLine, type Request } from './access-log-line.js';

const LOG = 'examples/data/apache_access.log.gz';
const HALF_HOUR = 30 * 60_000;

interface Results {
  readonly hourly: readonly unknown[];
  readonly sessions: readonly unknown[];
  readonly 'top-pages': readonly unknown[];
  readonly 'dead-letters': readonly unknown[];
}

/** The same four results by plain loops over all lines. */
function byHand(log: string, file: string): Results {
  const requests: Request[] = [];
  const dead: unknown[] = [];
  let offset = 0;
  const lines = log.endsWith('\n')
    ? log.slice(0, -1).split('\n')
    : log === ''
      ? []
      : log.split('\n');
  for (const raw of lines) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const parsed = parseLine(line);
    if (parsed.kind === 'request') requests.push(parsed.request);
    else dead.push({ line, why: parsed.why, file, offset });
    offset += Buffer.byteLength(raw) + 1;
  }
  return {
    hourly: hourly(requests),
    sessions: sessions(requests),
    'top-pages': topPages(requests),
    'dead-letters': dead,
  };
}

function hourly(requests: readonly Request[]): readonly unknown[] {
  return [...groupBy(requests, (r) => Math.floor(r.time / 3_600_000))]
    .sort(([a], [b]) => a - b)
    .map(([hour, all]) => ({
      hour: iso(hour * 3_600_000),
      requests: all.length,
      bytes: all.reduce((n, r) => n + r.bytes, 0),
      clientErrors: all.filter((r) => r.status >= 400 && r.status <= 499).length,
      serverErrors: all.filter((r) => r.status >= 500).length,
      clients: new Set(all.map((r) => r.client)).size,
    }));
}

function sessions(requests: readonly Request[]): readonly unknown[] {
  const found: { client: string; start: number; end: number; requests: number }[] = [];
  for (const [client, all] of groupBy(requests, (r) => r.client)) {
    let open: (typeof found)[number] | undefined;
    for (const { time } of [...all].sort((a, b) => a.time - b.time)) {
      if (open === undefined || time - open.end >= HALF_HOUR) {
        open = { client, start: time, end: time, requests: 0 };
        found.push(open);
      }
      open.end = time;
      open.requests++;
    }
  }
  return found
    .sort((a, b) => a.start - b.start || (a.client < b.client ? -1 : 1))
    .map((visit) => ({ ...visit, start: iso(visit.start), end: iso(visit.end) }));
}

function topPages(requests: readonly Request[]): readonly unknown[] {
  return [...groupBy(requests, (r) => r.path)]
    .map(([path, all]) => ({ path, requests: all.length }))
    .sort((a, b) => b.requests - a.requests || (a.path < b.path ? -1 : 1))
    .slice(0, 10);
}

function groupBy<K>(requests: readonly Request[], key: (r: Request) => K): Map<K, Request[]> {
  const groups = new Map<K, Request[]>();
  for (const r of requests) {
    const group = groups.get(key(r));
    if (group === undefined) groups.set(key(r), [r]);
    else group.push(r);
  }
  return groups;
}

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

interface Files {
  readonly input: string;
  readonly output: string;
}

/** By the command line, in a process that may not make code from text. */
async function runWithoutCodeFromText({ input, output }: Files): Promise<unknown> {
  const flag = '--disallow-code-generation-from-strings';
  const command = ['cli/strahl.js', 'run', 'examples/access-log.ts'];
  const options = ['--input', input, '--output', output];
  return promisify(execFile)(process.execPath, [flag, ...command, ...options]);
}

async function run(
  input: string,
  start: (files: Files) => Promise<unknown> = (files) => accessLog.run(files),
): Promise<Results> {
  const output = mkdtempSync(join(tmpdir(), 'access-log-'));
  await start({ input, output });
  expect(readdirSync(output).sort()).toEqual([
    'dead-letters.jsonl',
    'hourly.jsonl',
    'sessions.jsonl',
    'top-pages.jsonl',
  ]);
  const read = (name: string): readonly unknown[] =>
    readFileSync(join(output, `${name}.jsonl`), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  return {
    hourly: read('hourly'),
    sessions: read('sessions'),
    'top-pages': read('top-pages'),
    'dead-letters': read('dead-letters'),
  };
}

describe('the access log', () => {
  it('gives the same results as plain loops over the real file', async () => {
    const results = await run(LOG);
    expect(results).toEqual(byHand(gunzipSync(readFileSync(LOG)).toString(), LOG));
    expect(results.hourly).toHaveLength(84);
    expect(results['dead-letters']).toEqual([
      expect.objectContaining({ why: 'unclosed quote', file: LOG, offset: 2111246 }),
    ]);
  });

  it('gives them where no code may be made from text, too', async () => {
    const lines = gunzipSync(readFileSync(LOG)).toString();
    expect(await run(LOG, runWithoutCodeFromText)).toEqual(byHand(lines, LOG));
  });

  it.each(['plain', 'gzipped'])(
    'reads any other log, %s, with bad lines of each kind',
    async (form) => {
      const good = (second: number, client = '10.0.0.1'): string =>
        `${client} - - [17/May/2015:10:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} +0000] "GET /ä?x HTTP/1.1" 404 -`;
      const log = [good(0), '', `${good(1800)}\r`, 'nonsense', good(3599, '10.0.0.2')].join('\n');
      const folder = mkdtempSync(join(tmpdir(), 'access-log-input-'));
      const file = join(folder, form === 'plain' ? 'some.log' : 'some.log.gz');
      writeFileSync(file, form === 'plain' ? log : gzipSync(log));
      expect(await run(file)).toEqual(byHand(log, file));
    },
  );

  it('takes a line that is not text for a dead letter', async () => {
    const good = '10.0.0.1 - - [17/May/2015:10:00:00 +0000] "GET / HTTP/1.1" 200 1';
    const file = join(mkdtempSync(join(tmpdir(), 'access-log-input-')), 'latin-1.log');
    writeFileSync(file, Buffer.from(`${good}\n${good} "-" "caf\u00e9"\n-\n${good}\n`, 'latin1'));
    expect(await run(file)).toMatchObject({
      hourly: [{ requests: 2 }],
      'dead-letters': [
        { line: `${good} "-" "caf\ufffd"`, why: 'the line is not valid UTF-8', file, offset: 65 },
        { line: '-', why: 'not in the combined log format', file, offset: 141 },
      ],
    });
  });

  it('gives four empty files for an empty log', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'access-log-input-')), 'empty.log');
    writeFileSync(file, '');
    expect(await run(file)).toEqual({
      hourly: [],
      sessions: [],
      'top-pages': [],
      'dead-letters': [],
    });
  });
});
