import { CoderRegistry } from '#portability/coders/registry.js';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { FunctionSpec } from '#portability/model/function-spec.js';
import type { CoderSpec } from '#portability/model/graph.js';
import type { CoderId } from '#portability/model/ids.js';
import { DRIVEN_ENDPOINT, type TestStreamEvent } from '#portability/model/transform-spec.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { userCoders } from '../dofn/user-coders.js';
import type { FunctionRegistry } from '../dofn/user-function.js';
import { pathOfNode, type NodeSpec, type TransformNode } from '../graph/graph-node.js';

/** The name by which events mean the only output. */
const TAG = 'out';

/**
 * The events of a test stream with their elements encoded, in the outer context as Beam wants it.
 *
 * @throws STRAHL-5001 naming the value that cannot be encoded
 */
export function testStreamSpec(
  { events, driven }: NodeSpec & { readonly kind: 'test-stream' },
  coderId: CoderId,
  coders: ReadonlyMap<CoderId, CoderSpec>,
  functions: FunctionRegistry,
  node: TransformNode,
): FunctionSpec {
  const coder = new CoderRegistry(coders, userCoders(functions)).coderOf(coderId);
  const encode = (value: unknown): Uint8Array => {
    const out = new ByteWriter();
    try {
      coder.encodeOuter(value, out);
    } catch (cause) {
      throw notEncodable(cause, node);
    }
    return out.toBytes();
  };
  if (driven !== undefined) {
    driven(encode);
    const endpoint = DRIVEN_ENDPOINT;
    return writeTransformSpec({ kind: 'test-stream', coderId, events: [], endpoint });
  }
  const encoded = events.map((event): TestStreamEvent => {
    switch (event.kind) {
      case 'elements': {
        const { elements } = event;
        return {
          kind: 'elements',
          tag: TAG,
          elements: elements.map(({ value, timestamp }) => ({ bytes: encode(value), timestamp })),
        };
      }
      case 'watermark':
        return { ...event, tag: TAG };
      case 'processing-time':
        return event;
    }
  });
  return writeTransformSpec({ kind: 'test-stream', coderId, events: encoded });
}

function notEncodable(cause: unknown, node: TransformNode): StrahlError {
  return new StrahlError(isStrahlError(cause) ? cause.key : 'cannotEncode', {
    title: 'an element of a test stream cannot be encoded',
    step: pathOfNode(node),
    ...(node.site === undefined ? {} : { site: node.site }),
    why: isStrahlError(cause) ? cause.title : String(cause),
    fix: 'give plain data, or values that fit the schema',
    cause,
  });
}
