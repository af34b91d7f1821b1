import {
  ERROR_CATALOGUE,
  isStrahlError,
  StrahlError,
  type ErrorDetails,
  type ErrorKey,
} from '../../errors.js';

/** Separates what a person reads from what a Strahl peer reads. */
const MARK = '\nstrahl-error: ';

/** The part of an error that has a wire form. */
interface WireError extends Omit<ErrorDetails, 'cause'> {
  readonly key?: string;
  readonly cause?: WireCause;
}

interface WireCause {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
}

/**
 * An error as the one string that an instruction response has for it: a text for people, which is all
 * that a foreign runner shows, and behind it one line that gives our runner the same error back.
 */
export function errorText(error: unknown): string {
  const text = textOf(error);
  return `${text}${MARK}${JSON.stringify(wireOf(error))}`;
}

/** The error that `errorText` wrote, or a user error around the text of a foreign harness. */
export function errorFromText(text: string): StrahlError {
  const at = text.lastIndexOf(MARK);
  // A runner may have said more behind our one line.
  const [line = ''] = text.slice(at + MARK.length).split('\n');
  const wire = at < 0 ? undefined : parse(line);
  if (wire === undefined) {
    const [title] = text.split('\n');
    return new StrahlError('userCodeThrew', {
      title: title === undefined || title === '' ? 'the harness failed without saying why' : title,
      why: text,
    });
  }
  const { key, cause, ...details } = wire;
  const known = key !== undefined && key in ERROR_CATALOGUE ? (key as ErrorKey) : 'userCodeThrew';
  return new StrahlError(
    known,
    cause === undefined ? details : { ...details, cause: revive(cause) },
  );
}

function textOf(error: unknown): string {
  if (isStrahlError(error)) {
    const { cause } = error;
    const stack = wireCause(cause)?.stack;
    return stack === undefined ? error.message : `${error.message}\n${stack}`;
  }
  return wireCause(error)?.stack ?? String(error);
}

function wireOf(error: unknown): WireError {
  if (!isStrahlError(error)) {
    const cause = wireCause(error);
    return { title: cause?.message ?? String(error), ...(cause === undefined ? {} : { cause }) };
  }
  const cause = wireCause(error.cause);
  const { key, title, step, site, why, fix, element, position } = error;
  const fields = { key, title, step, site, why, fix, element, position, cause };
  // `undefined` has no form in JSON: those fields are just left out.
  return fields as unknown as WireError;
}

function wireCause(cause: unknown): WireCause | undefined {
  if (cause === undefined) return undefined;
  if (typeof cause !== 'object' || cause === null || !('message' in cause)) {
    // What was thrown is no Error: a primitive, or an object that only its tag describes.
    const message =
      typeof cause === 'object' ? Object.prototype.toString.call(cause) : (cause as string);
    return { name: typeof cause, message };
  }
  const { name, message, stack, code } = cause as Record<string, unknown>;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: String(message),
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

/** An error of this process with the name, message and stack of the other's. */
function revive({ name, message, stack, code }: WireCause): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return code === undefined ? error : Object.assign(error, { code });
}

function parse(json: string): WireError | undefined {
  try {
    const value = JSON.parse(json) as WireError | null;
    return typeof value?.title === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
