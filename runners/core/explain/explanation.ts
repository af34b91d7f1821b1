import type { EventTime } from '#portability/model/time.js';

/** What an explanation is about; what is left out is chosen by what stands still. */
export interface ExplainQuery {
  /** Name of a step, or its end: `combine` finds `sessions/combine`. */
  readonly step?: string;
  /** The key as it prints. */
  readonly key?: string;
  /** A moment inside the window. */
  readonly window?: EventTime;
  /** Asks in which coders elements travel between stages instead, of all or of the step. */
  readonly coders?: boolean;
}

/** Kinds of what an output can wait for, or be lost to. */
export type CauseKind =
  /** The watermark has not come to where the output is due. */
  | 'watermark'
  | 'trigger'
  | 'source-idle'
  | 'source-behind'
  | 'source-stalled'
  /** A step, or the engine, has promised output at an earlier time. */
  | 'hold'
  | 'side-input'
  | 'bundle'
  /** Elements wait for their turn. */
  | 'pending'
  | 'late'
  | 'closed'
  | 'nothing-arrived'
  /** Elements came, and the functions of a stage gave none of them on. */
  | 'none-given-on'
  /** The output is out. */
  | 'fired'
  | 'test-stream'
  | 'done'
  /** No cause: how elements travel from one stage to the next. */
  | 'coder';

/** A change of the program that removes a cause. */
export interface Fix {
  readonly text: string;
  /** `file:line:column` of the call to change. */
  readonly site?: string;
}

/** Why something is so, and why that is so. */
export interface Cause {
  readonly kind: CauseKind;
  /** One line. */
  readonly text: string;
  readonly fix?: Fix;
  readonly causes: readonly Cause[];
}

/**
 * Why an output is not there yet, or never will be: a chain of causes from the step that was asked about
 * to what holds it.
 */
export interface Explanation {
  /** Full name of the step; empty where all are meant. */
  readonly step: string;
  /** What is asked about, in one line. */
  readonly title: string;
  readonly causes: readonly Cause[];
  /** Of the deepest cause that has one. */
  readonly fix?: Fix;
  /** All of it, as a person reads it. */
  readonly text: string;
}

/** The lines of an explanation, each cause under what it causes. */
export function renderExplanation({ title, causes, fix }: Omit<Explanation, 'text'>): string {
  const lines = [title];
  const add = (cause: Cause, depth: number): void => {
    lines.push(`${'   '.repeat(depth)} └ ${cause.text}`);
    for (const deeper of cause.causes) add(deeper, depth + 1);
  };
  for (const cause of causes) add(cause, 0);
  if (fix !== undefined) {
    lines.push(`fix  ${fix.text}${fix.site === undefined ? '' : `      ${fix.site}`}`);
  }
  return lines.join('\n');
}

/** The fix of the deepest cause that has one; of equally deep ones the first. */
export function deepestFix(causes: readonly Cause[]): Fix | undefined {
  let deepest: { readonly fix: Fix; readonly depth: number } | undefined;
  const look = ({ fix, causes: deeper }: Cause, depth: number): void => {
    if (fix !== undefined && (deepest === undefined || depth > deepest.depth)) {
      deepest = { fix, depth };
    }
    for (const cause of deeper) look(cause, depth + 1);
  };
  for (const cause of causes) look(cause, 0);
  return deepest?.fix;
}
