/**
 * Every error of Strahl. One catalogue: readable key → code and class. The class tells the receiver
 * what to do; the code is stable and never reused.
 *
 *   UsageError         the call is wrong: fix flag, option or file (exit 2)
 *   PipelineError      the program, or what it names, is wrong; a retry cannot help
 *   UnsupportedError   this runner cannot: names feature, transform, runner, alternatives
 *   UserCodeError      a user's function threw
 *   CoderError         bytes and type disagree
 *   TransientError     retry
 *   FencedError        another owner took over: stop quietly
 *   CorruptStateError  rebuild from the changelog or checkpoint
 *   ProtocolError      the peer broke the contract
 *
 * @example
 * ```ts
 * import { isStrahlError, type ErrorClass } from 'strahl/portability';
 * const retried: ErrorClass = 'TransientError';
 * const isWorthAnotherTry = (e: unknown): boolean => isStrahlError(e) && e.name === retried;
 * ```
 */
export type ErrorClass =
  | 'UsageError'
  | 'PipelineError'
  | 'UnsupportedError'
  | 'UserCodeError'
  | 'CoderError'
  | 'TransientError'
  | 'FencedError'
  | 'CorruptStateError'
  | 'ProtocolError';

/** Key → code. `docs/errors.md` has one section for each; a test compares the two. */
export const ERROR_CATALOGUE = {
  duplicateName: { code: 'STRAHL-1001', class: 'PipelineError' },
  foreignCollection: { code: 'STRAHL-1002', class: 'PipelineError' },
  brokenGraph: { code: 'STRAHL-1003', class: 'PipelineError' },
  incompatibleFlatten: { code: 'STRAHL-1004', class: 'PipelineError' },
  notKeyed: { code: 'STRAHL-1102', class: 'PipelineError' },
  keyNotDeterministic: { code: 'STRAHL-1103', class: 'PipelineError' },
  sinkMismatch: { code: 'STRAHL-1104', class: 'PipelineError' },
  noSchemaAtEdge: { code: 'STRAHL-1105', class: 'PipelineError' },
  outputTwice: { code: 'STRAHL-1106', class: 'PipelineError' },
  groupNeverFires: { code: 'STRAHL-1201', class: 'PipelineError' },
  incompatibleWindows: { code: 'STRAHL-1202', class: 'PipelineError' },
  windowOutOfRange: { code: 'STRAHL-1203', class: 'PipelineError' },
  unsafeTrigger: { code: 'STRAHL-1204', class: 'PipelineError' },
  stateOnUnkeyed: { code: 'STRAHL-1301', class: 'PipelineError' },
  stateOverMergingWindows: { code: 'STRAHL-1302', class: 'PipelineError' },
  undeclaredState: { code: 'STRAHL-1303', class: 'PipelineError' },
  invalidTimer: { code: 'STRAHL-1304', class: 'PipelineError' },
  sideInputNeverReady: { code: 'STRAHL-1305', class: 'PipelineError' },
  noTracker: { code: 'STRAHL-1401', class: 'PipelineError' },
  unsupportedFeature: { code: 'STRAHL-2001', class: 'UnsupportedError' },
  unsupportedUrn: { code: 'STRAHL-2002', class: 'UnsupportedError' },
  unsupportedRequirement: { code: 'STRAHL-2003', class: 'UnsupportedError' },
  unsupportedEnvironment: { code: 'STRAHL-2004', class: 'UnsupportedError' },
  notExported: { code: 'STRAHL-3001', class: 'PipelineError' },
  notDeterministicBuild: { code: 'STRAHL-3101', class: 'PipelineError' },
  expansionFailed: { code: 'STRAHL-3301', class: 'PipelineError' },
  notOffered: { code: 'STRAHL-3302', class: 'PipelineError' },
  configMismatch: { code: 'STRAHL-3303', class: 'PipelineError' },
  outputMismatch: { code: 'STRAHL-3304', class: 'PipelineError' },
  userCodeThrew: { code: 'STRAHL-4001', class: 'UserCodeError' },
  timestampOutOfBounds: { code: 'STRAHL-4002', class: 'UserCodeError' },
  elementMutated: { code: 'STRAHL-4003', class: 'UserCodeError' },
  neverReturned: { code: 'STRAHL-4004', class: 'UserCodeError' },
  claimViolated: { code: 'STRAHL-4005', class: 'UserCodeError' },
  assertionFailed: { code: 'STRAHL-4006', class: 'UserCodeError' },
  restrictionUnfinished: { code: 'STRAHL-4008', class: 'UserCodeError' },
  watermarkRegressed: { code: 'STRAHL-4009', class: 'UserCodeError' },
  badRestriction: { code: 'STRAHL-4010', class: 'UserCodeError' },
  cannotEncode: { code: 'STRAHL-5001', class: 'CoderError' },
  cannotDecode: { code: 'STRAHL-5002', class: 'CoderError' },
  integerOutOfRange: { code: 'STRAHL-5003', class: 'CoderError' },
  limitExceeded: { code: 'STRAHL-5004', class: 'CoderError' },
  recordMismatch: { code: 'STRAHL-5005', class: 'CoderError' },
  keyValueNotDeterministic: { code: 'STRAHL-5006', class: 'CoderError' },
  changedByCoder: { code: 'STRAHL-5007', class: 'CoderError' },
  unreachable: { code: 'STRAHL-6001', class: 'TransientError' },
  notFound: { code: 'STRAHL-6002', class: 'PipelineError' },
  notAuthorised: { code: 'STRAHL-6003', class: 'PipelineError' },
  dataLost: { code: 'STRAHL-6004', class: 'PipelineError' },
  timedOut: { code: 'STRAHL-6006', class: 'TransientError' },
  storeFull: { code: 'STRAHL-7004', class: 'TransientError' },
  jobCancelled: { code: 'STRAHL-7102', class: 'PipelineError' },
  stuck: { code: 'STRAHL-7101', class: 'PipelineError' },
  runnerFailed: { code: 'STRAHL-7103', class: 'PipelineError' },
  protocolBroken: { code: 'STRAHL-8001', class: 'ProtocolError' },
  harnessLost: { code: 'STRAHL-8003', class: 'TransientError' },
  unknownFlag: { code: 'STRAHL-9001', class: 'UsageError' },
  badValue: { code: 'STRAHL-9002', class: 'UsageError' },
  optionNameTaken: { code: 'STRAHL-9003', class: 'UsageError' },
  optionsWithoutFields: { code: 'STRAHL-9004', class: 'UsageError' },
  unknownCommand: { code: 'STRAHL-9005', class: 'UsageError' },
  noPipelineInFile: { code: 'STRAHL-9006', class: 'UsageError' },
  publicHost: { code: 'STRAHL-9007', class: 'UsageError' },
  jobNotFound: { code: 'STRAHL-9008', class: 'UsageError' },
  packageMissing: { code: 'STRAHL-9009', class: 'UsageError' },
} as const;

/**
 * The name by which the code of this package speaks of an error.
 *
 * @example
 * ```ts
 * import { StrahlError, type ErrorKey } from 'strahl/portability';
 * const told = (key: ErrorKey, title: string): string => new StrahlError(key, { title }).message;
 * ```
 */
export type ErrorKey = keyof typeof ERROR_CATALOGUE;
/**
 * The code of an error: `STRAHL-` and four digits, each explained in `docs/errors.md`.
 *
 * @example
 * ```ts
 * import { isStrahlError, type ErrorCode } from 'strahl';
 * const missing: ErrorCode = 'STRAHL-6002';
 * const isMissing = (e: unknown): boolean => isStrahlError(e) && e.code === missing;
 * ```
 */
export type ErrorCode = (typeof ERROR_CATALOGUE)[ErrorKey]['code'];

/**
 * What every error says, beside its code. Texts are complete sentences without a final full stop.
 *
 * @example
 * ```ts
 * import { StrahlError, type ErrorDetails } from 'strahl/portability';
 * const details: ErrorDetails = { title: 'the table is gone', fix: 'create it' };
 * const error = new StrahlError('badValue', details);
 * ```
 */
export interface ErrorDetails {
  /** What went wrong, with expected and actual. */
  readonly title: string;
  /** Full name of the transform. */
  readonly step?: string;
  /** `file:line:column` of the user's call that built the step. */
  readonly site?: string;
  readonly why?: string;
  readonly fix?: string;
  /** The element being processed, escaped and cut at 1 KiB. */
  readonly element?: string;
  /**
   * Where the element came from: `file:line`, `file, byte n`, or how far into which restriction its source was; of a
   * timer its name, key and time.
   */
  readonly position?: string;
  readonly cause?: unknown;
}

const BRAND: unique symbol = Symbol.for('strahl.error');

/** Where a code is explained. */
export function docsOf(code: string): string {
  return `docs/errors.md#${code.toLowerCase()}`;
}

/**
 * What everything of this package throws: a code, and what is wrong, where, why and how to mend it.
 *
 * @example
 * ```ts
 * import { StrahlError } from 'strahl';
 * const portOf = (text: string) => {
 *   const port = Number(text);
 *   if (Number.isInteger(port)) return port;
 *   throw new StrahlError('badValue', { title: `"${text}" is not a port`, fix: 'give a number' });
 * };
 * ```
 */
export class StrahlError extends Error implements ErrorDetails {
  /** Its name in the catalogue, which is what code compares. */
  readonly key: ErrorKey;
  /** `STRAHL-NNNN`; stays the same over versions, and `docs/errors.md` has a section for it. */
  readonly code: ErrorCode;
  /** What a runner does about it. */
  readonly class: ErrorClass;
  /** What is wrong, in one line. */
  readonly title: string;
  /** Full name of the step. */
  declare readonly step?: string;
  /** Where the step was built, as `file:line:column`. */
  declare readonly site?: string;
  /** The reason. */
  declare readonly why?: string;
  /** What to do. */
  declare readonly fix?: string;
  /** The element being processed, escaped and cut at 1 KiB. */
  declare readonly element?: string;
  /** Where in its source the element came from. */
  declare readonly position?: string;

  constructor(key: ErrorKey, details: ErrorDetails) {
    const { code, class: errorClass } = ERROR_CATALOGUE[key];
    super(
      textOf(code, details),
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.name = errorClass;
    this.key = key;
    this.code = code;
    this.class = errorClass;
    this.title = details.title;
    for (const field of ['step', 'site', 'why', 'fix', 'element', 'position'] as const) {
      const value = details[field];
      if (value !== undefined) Object.defineProperty(this, field, { value, enumerable: true });
    }
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True also for an error of another copy of the library, another realm or a Jest sandbox.
 *
 * @example
 * ```ts
 * import { isStrahlError, pipeline } from 'strahl';
 * try {
 *   await pipeline('one', (p) => p.of([1])).run();
 * } catch (error) {
 *   if (isStrahlError(error)) console.error(error.code, error.step, error.fix);
 * }
 * ```
 */
export function isStrahlError(e: unknown): e is StrahlError {
  return typeof e === 'object' && e !== null && (e as { [BRAND]?: unknown })[BRAND] === true;
}

/** The seven parts in the order in which a person reads them. */
function textOf(code: string, d: ErrorDetails): string {
  const lines = [`${code}  ${printable(d.title)}`];
  const row = (label: string, text: string | undefined): void => {
    if (text !== undefined)
      lines.push(`  ${label.padEnd(9)}${printable(text).replaceAll('\n', '\n           ')}`);
  };
  row('step', d.step);
  row('built at', d.site);
  row('element', d.element);
  row('at', d.position);
  row('why', d.why);
  row('fix', d.fix);
  row('docs', docsOf(code));
  return lines.join('\n');
}

// Everything that a terminal would obey, but the line feed.
const CONTROLS = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** A message may quote record data, which must not move the cursor or pose as a line of its own. */
function printable(text: string): string {
  return text.replace(CONTROLS, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
