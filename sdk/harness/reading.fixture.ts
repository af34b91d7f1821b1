import { connectByBytes } from '#portability/fnapi/connect-by-bytes.js';
import type { Connection } from '#portability/fnapi/connection.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { SEQUENCE_URN } from '../dofn/function-ref.js';
import type { ReadContext, SourceSpec } from '../dofn/source.js';
import type { UserFunction } from '../dofn/user-function.js';
import { InProcessConnection } from './in-process.js';
import { parDoOf, StageCodec, StageDraft, type CoderText } from './stage-draft.fixture.js';
import type { HarnessClock } from './stage/bundle-scope.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

const PLAIN = 'strahl:coder:plain:v1';
const RESTRICTIONS: CoderText = ['kv', ['kv', 'bytes', PLAIN], 'double'];

export type Range = { readonly from: number; readonly to: number };

export function sourceOf(
  read: (r: Range, c: ReadContext<unknown>) => void | Promise<void>,
  more: Partial<SourceSpec<unknown, unknown>> = {},
): UserFunction {
  const source = { name: 'numbers', boundedness: 'bounded', initial: () => null, ...more } as const;
  const spec = { ...source, read } as unknown as SourceSpec<unknown, unknown>;
  return { kind: 'source', source: spec, sides: {}, concurrency: 1, ordered: true };
}

export interface Reading {
  readonly connection: Connection;
  readonly codec: StageCodec;
}

/** restrictions → read → sink */
export async function reading(
  fn: UserFunction | 'sequence',
  compile: 'generated' | 'closures' | 'bytes' = 'generated',
  time: HarnessClock = STILL_CLOCK,
): Promise<Reading> {
  const draft = new StageDraft();
  draft.pcollection('in', RESTRICTIONS);
  draft.pcollection('out', 'varint');
  const doFn = fn === 'sequence' ? sequencePayload(0, 0) : draft.ref('read', fn);
  const parDo = parDoOf(doFn, { restrictionCoderId: draft.coder(PLAIN) });
  draft
    .source('in')
    .add('read', { kind: 'sdf-process-sized', parDo }, { in: 'in' }, { out: 'out' })
    .sink('sink', 'out');
  const descriptor = draft.build();
  const mode = compile === 'bytes' ? 'generated' : compile;
  const { functions } = draft;
  const inner = new InProcessConnection({ functions, clock: time, compile: mode });
  const connection = compile === 'bytes' ? connectByBytes(inner) : inner;
  await connection.register([descriptor]);
  return { connection, codec: new StageCodec(descriptor, functions) };
}

function sequencePayload(from: number, to: number): FunctionSpec {
  const out = new ByteWriter();
  out.varint(from);
  out.varint(to);
  return functionSpec(SEQUENCE_URN, out.toBytes());
}

/** A restriction of a sequence, which carries no watermark. */
export const range = (from: number, to: number): { readonly value: unknown } => ({
  value: [[new Uint8Array(0), { from, to }], to - from],
});

/** A restriction of a source, which nobody has begun. */
export const restriction = (from: number, to: number): { readonly value: unknown } => ({
  value: [[new Uint8Array(0), [{ from, to }, null]], to - from],
});
