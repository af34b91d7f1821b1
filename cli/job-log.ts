import type { Logger } from '#sdk/dofn/dofn.js';
import { preview } from '#sdk/harness/preview.js';
import { eventOf, type Report } from './report.js';

/**
 * What user code says through `c.log`, as lines of the command; `debug` only with `--verbose`. Data of records
 * is escaped and cut, so that it cannot start a line of its own.
 */
export function jobLog(report: Report): Logger {
  const say = (level: string) => (message: string, fields?: object) => {
    const data = fields === undefined ? {} : { fields: preview(fields) };
    const text = [level.padEnd(8), preview(message).slice(1, -1), ...Object.values(data)].join(' ');
    report.say(text, eventOf('log', { level, message, ...data }));
  };
  const debug = say('debug');
  return {
    debug: (message, fields) => {
      if (report.verbose) debug(message, fields);
    },
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
  };
}
