import { resolve } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import { formatTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';

/** How the files of a sink are named. */
export interface NamingOptions {
  /** Files to spread the elements over. Default 1. */
  readonly shards?: number;
  /**
   * One set of files per window. `{start}` and `{end}` are the bounds of the window, `{pane}` the number
   * of its firing, `{shard}` the number of the file. Default: one set of files for everything.
   */
  readonly windowTemplate?: string;
  /** Ends every name, for example `.txt`. Default: none. */
  readonly suffix?: string;
}

const PLACE = /\{(\w+)\}/g;
const PLACES = new Set(['start', 'end', 'pane', 'shard']);

/**
 * Names of output files. With one shard and no template a file is called exactly `path`; else parts are
 * joined by `-`: `path-2015-05-17T10-00-00Z-00000-of-00003.txt`.
 *
 *   N1. Two windows, panes or shards never share a name: what a template does not place is appended.
 */
export class OutputName {
  readonly path: string;
  readonly shards: number;
  readonly template: string | undefined;
  readonly #suffix: string;

  /** @throws STRAHL-9002 for a template or a number of shards that cannot name files */
  constructor(path: string, options: NamingOptions) {
    this.path = path;
    this.shards = options.shards ?? 1;
    this.template = options.windowTemplate;
    this.#suffix = options.suffix ?? '';
    checkPath(path, this.#suffix);
    if (!Number.isSafeInteger(this.shards) || this.shards < 1 || this.shards > 100_000) {
      throw badValue(
        `shards must be a whole number from 1 to 100,000, not ${String(this.shards)}`,
        'leave shards out for one file',
      );
    }
    if (this.template !== undefined) checkTemplate(this.template);
  }

  /** What all files of the sink have in common, and those of no other. */
  get target(): string {
    const many = this.shards > 1 ? `-*-of-${String(this.shards)}` : '';
    const window = this.template === undefined ? '' : `-${this.template}`;
    return `${resolve(this.path)}${window}${many}${this.#suffix}`;
  }

  /** Whether all elements go to one file. */
  get isOneFile(): boolean {
    return this.shards === 1 && this.template === undefined;
  }

  /** What tells the windows of the sink apart, before pane and shard are known. */
  windowPart(window: Window): string {
    if (this.template === undefined) return '';
    if (window.kind === 'custom') {
      throw badValue(
        'windowTemplate cannot name the windows of a custom window function',
        'leave it out, or write windows of fixed(…), sliding(…) or sessions(…)',
      );
    }
    const [start, end] =
      window.kind === 'global'
        ? ['global', 'global']
        : [fileTime(formatTime(window.start)), fileTime(formatTime(window.end))];
    return this.template.replaceAll('{start}', start).replaceAll('{end}', end);
  }

  /** The name of one file; `windowPart` as made above. */
  of(windowPart: string, shard: number, pane: number): string {
    const number = String(shard).padStart(5, '0');
    const ofAll = `${number}-of-${String(this.shards).padStart(5, '0')}`;
    const parts = [this.path];
    if (windowPart !== '') {
      parts.push(windowPart.replaceAll('{pane}', String(pane)).replaceAll('{shard}', number));
    }
    if (pane > 0 && !windowPart.includes('{pane}')) parts.push(`pane-${String(pane)}`);
    if (this.shards > 1 && !windowPart.includes('{shard}')) parts.push(ofAll);
    return parts.join('-') + this.#suffix;
  }
}

function checkPath(path: string, suffix: string): void {
  if (typeof path !== 'string' || path === '' || path.endsWith('/') || path.includes('\0')) {
    throw badValue(
      `${typeof path === 'string' ? JSON.stringify(path) : typeof path} cannot name an output file`,
      "give a path that does not end in '/', such as 'out/part'",
    );
  }
  if (/[/\\\0]/.test(suffix))
    throw badValue(
      `suffix ${JSON.stringify(suffix)} leaves the directory`,
      "give the end of a name, such as '.txt', and the directory in the path",
    );
}

function checkTemplate(template: string): void {
  const unknown = [...template.matchAll(PLACE)].find(([, place = '']) => !PLACES.has(place));
  if (unknown !== undefined) {
    throw badValue(
      `windowTemplate knows {start}, {end}, {pane} and {shard}, not ${unknown[0]}`,
      TEMPLATE,
    );
  }
  if (!/\{(start|end)\}/.test(template)) {
    throw badValue(
      'windowTemplate needs {start} or {end}, or all windows would share one file',
      TEMPLATE,
    );
  }
  if (/[/\\\0]|\.\./.test(template))
    throw badValue('windowTemplate cannot leave the directory', 'give the directory in the path');
}

/** `2015-05-17T10-00-00Z`: colons are not a part of a file name everywhere. */
function fileTime(iso: string): string {
  return iso.replace('.000Z', 'Z').replaceAll(':', '-').replaceAll(' ', '');
}

const TEMPLATE = "windowTemplate: '{start}', which makes names such as path-2015-05-17T10-00-00Z";

function badValue(title: string, fix: string): StrahlError {
  return new StrahlError('badValue', { title, fix });
}
