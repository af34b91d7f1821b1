import type { Logger } from '../../dofn/dofn.js';
import { preview } from './preview.js';
import type { Step } from './step.js';

/** What a line of the log says. Data of records is escaped and cut, so that it can start no line of its own. */
export interface LogLine {
  readonly message: string;
  /** Full name of the step that logged. */
  readonly step?: string;
  /** `file:line:column` where the step was built. */
  readonly site?: string;
  readonly fields?: string;
}

/** The logger of one step: whoever reads the log learns which step said it, in the fields `step` and `site`. */
export function stepLog(log: Logger, { name, site }: Pick<Step, 'name' | 'site'>): Logger {
  const place = { step: name, ...(site === undefined ? {} : { site }) };
  return {
    debug: (message, fields) => {
      log.debug(message, { ...fields, ...place });
    },
    info: (message, fields) => {
      log.info(message, { ...fields, ...place });
    },
    warn: (message, fields) => {
      log.warn(message, { ...fields, ...place });
    },
    error: (message, fields) => {
      log.error(message, { ...fields, ...place });
    },
  };
}

/** A message as a logger gets it, ready to be shown. */
export function logLine(message: string, given: object = {}): LogLine {
  const { step, site, ...fields } = given as Readonly<Record<string, unknown>>;
  return {
    message: shown(message),
    ...(typeof step === 'string' ? { step: shown(step) } : {}),
    ...(typeof site === 'string' ? { site: shown(site) } : {}),
    ...(Object.keys(fields).length === 0 ? {} : { fields: preview(fields) }),
  };
}

/** The line as people read it: what was said, by whom. */
export function logText({ message, step, site, fields }: LogLine): string {
  const place = [step, site].filter((part) => part !== undefined).join(' at ');
  return [message, fields, place === '' ? undefined : `(${place})`]
    .filter((part) => part !== undefined)
    .join(' ');
}

function shown(text: string): string {
  return preview(text).slice(1, -1);
}
