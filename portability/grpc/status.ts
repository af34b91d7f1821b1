import { isStrahlError, StrahlError, type ErrorKey } from '../errors.js';

type StatusName =
  | 'OK'
  | 'CANCELLED'
  | 'UNKNOWN'
  | 'INVALID_ARGUMENT'
  | 'DEADLINE_EXCEEDED'
  | 'NOT_FOUND'
  | 'PERMISSION_DENIED'
  | 'RESOURCE_EXHAUSTED'
  | 'FAILED_PRECONDITION'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'UNAUTHENTICATED';

/** The status codes of gRPC that are told apart here. */
export const STATUS: {
  readonly [K in StatusName]: number;
} = Object.freeze({
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
});

/** Bytes of a status text: it travels in a header, and whole header blocks are limited to 16 KB. */
const MAX_DETAILS = 4096;

/** How a call ended, as gRPC says it. */
export interface RpcStatus {
  readonly code: number;
  readonly details: string;
}

const CODE_OF_KEY: Readonly<Partial<Record<ErrorKey, number>>> = {
  jobNotFound: STATUS.NOT_FOUND,
  notFound: STATUS.NOT_FOUND,
  notAuthorised: STATUS.UNAUTHENTICATED,
  jobCancelled: STATUS.CANCELLED,
  timedOut: STATUS.DEADLINE_EXCEEDED,
  storeFull: STATUS.RESOURCE_EXHAUSTED,
  unreachable: STATUS.UNAVAILABLE,
};

/** The status that tells a peer of an error. Only errors of the catalogue are shown to it. */
export function statusOf(error: unknown): RpcStatus {
  if (!isStrahlError(error)) {
    const { message } = error as { readonly message?: unknown };
    const details = typeof message === 'string' ? message : String(error);
    return { code: STATUS.INTERNAL, details: cut(details) };
  }
  const code = CODE_OF_KEY[error.key] ?? codeOfClass(error);
  return { code, details: cut(error.message) };
}

function codeOfClass(error: StrahlError): number {
  switch (error.class) {
    case 'UsageError':
    case 'PipelineError':
    case 'UnsupportedError':
    case 'CoderError':
    case 'ProtocolError':
      return STATUS.INVALID_ARGUMENT;
    case 'UserCodeError':
      return STATUS.UNKNOWN;
    case 'TransientError':
      return STATUS.UNAVAILABLE;
    case 'FencedError':
    case 'CorruptStateError':
      return STATUS.FAILED_PRECONDITION;
  }
}

function cut(text: string): string {
  return text.length > MAX_DETAILS ? `${text.slice(0, MAX_DETAILS)}…` : text;
}

const KEY_OF_CODE: ReadonlyMap<number, ErrorKey> = new Map<number, ErrorKey>([
  [STATUS.CANCELLED, 'unreachable'],
  [STATUS.DEADLINE_EXCEEDED, 'timedOut'],
  [STATUS.NOT_FOUND, 'notFound'],
  [STATUS.PERMISSION_DENIED, 'notAuthorised'],
  [STATUS.UNAUTHENTICATED, 'notAuthorised'],
  [STATUS.UNAVAILABLE, 'unreachable'],
  [STATUS.UNIMPLEMENTED, 'unsupportedFeature'],
]);

/** The error of a call that ended with a status; its cause is what the library gave. */
export function errorOfStatus(path: string, cause: unknown): StrahlError {
  const { code, details, message } = cause as Partial<RpcStatus> & { readonly message?: string };
  const why = details ?? message;
  return new StrahlError(KEY_OF_CODE.get(code ?? STATUS.UNKNOWN) ?? 'protocolBroken', {
    title: `${path} failed`,
    ...(why === undefined ? {} : { why }),
    cause,
  });
}
