import type { Logger } from '#sdk/dofn/dofn.js';
import { logLine, logText } from '#sdk/harness/steps/step-log.js';
import { eventOf, type Report } from '../terminal/report.js';

/** What user code says through `c.log`, as lines of the command; `debug` only with `--verbose`. */
export function jobLog(report: Report): Logger {
  const say = (level: string) => (message: string, fields?: object) => {
    const line = logLine(message, fields);
    const shown = { ...line, message };
    report.say(`${level.padEnd(8)} ${logText(line)}`, eventOf('log', { level, ...shown }));
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
