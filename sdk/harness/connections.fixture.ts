import type { Connection } from '#portability/fnapi/connection.js';
import { connectByBytes } from '#portability/fnapi/connect-by-bytes.js';
import { isStrahlError, type StrahlError } from '#portability/errors.js';
import { InProcessConnection, type InProcessOptions } from './in-process.js';
import { calling, StageCodec, StageDraft, type Windowed } from './stage-draft.fixture.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

const clock = STILL_CLOCK;

/** Connects to the functions of a stage. */
export type Make = (draft: StageDraft, more?: Partial<InProcessOptions>) => Connection;

export const inProcess =
  (compile: 'generated' | 'closures'): Make =>
  ({ functions }, more) =>
    new InProcessConnection({ functions, clock, compile, ...more });

/** The ways in which a stage runs. For tests. */
export const CONNECTIONS: readonly (readonly [string, Make])[] = [
  ['generated code', inProcess('generated')],
  ['closures', inProcess('closures')],
  ['Fn API bytes', (draft, more) => connectByBytes(inProcess('generated')(draft, more))],
];

/** A connection that knows the stage, and the coders of its collections. */
export async function open(
  make: Make,
  draft: StageDraft,
  more?: Partial<InProcessOptions>,
): Promise<{ readonly connection: Connection; readonly codec: StageCodec }> {
  const descriptor = draft.build();
  const connection = make(draft, more);
  await connection.register([descriptor]);
  return { connection, codec: new StageCodec(descriptor, draft.functions) };
}

export const values = (...xs: unknown[]): readonly Windowed[] => xs.map((value) => ({ value }));

export async function failureOf(work: Promise<unknown>): Promise<StrahlError> {
  const e: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isStrahlError(e)) throw new Error(`expected a Strahl error, found ${String(e)}`);
  return e;
}

/** in → step → out → sink, all varints. */
export function chain(...fns: Parameters<typeof calling>[]): StageDraft {
  const draft = new StageDraft();
  const names = ['in', ...fns.map((_, i) => (i === fns.length - 1 ? 'out' : `mid${String(i)}`))];
  for (const name of names) draft.pcollection(name, 'varint');
  draft.source('in');
  fns.forEach((fn, i) => draft.parDo(`step${String(i)}`, calling(...fn), names[i]!, names[i + 1]!));
  return draft.sink('sink', 'out');
}
