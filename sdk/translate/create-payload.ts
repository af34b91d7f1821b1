import type { ElementCoder } from '#portability/coders/coder.js';
import { CoderRegistry } from '#portability/coders/registry.js';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { CoderSpec } from '#portability/model/graph.js';
import type { CoderId } from '#portability/model/ids.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { userCoders } from '../dofn/user-coders.js';
import type { FunctionRegistry } from '../dofn/user-function.js';
import { pathOfNode, type TransformNode } from '../graph/graph-node.js';

/** The coder that a graph names `coderId`. */
export function coderOfElements(
  coderId: CoderId,
  coders: ReadonlyMap<CoderId, CoderSpec>,
  functions: FunctionRegistry,
): ElementCoder<unknown> {
  return new CoderRegistry(coders, userCoders(functions)).coderOf(coderId);
}

/**
 * The elements of `p.of` as an iterable of their coder: an int32 count and the nested elements.
 *
 * @throws STRAHL-5001 naming the index of an element that cannot be encoded
 */
export function encodeValues(
  values: readonly unknown[],
  coder: ElementCoder<unknown>,
  node: TransformNode,
): Uint8Array {
  const out = new ByteWriter();
  out.int32(values.length);
  for (let i = 0; i < values.length; i++) {
    try {
      coder.encode(values[i], out);
    } catch (cause) {
      throw notEncodable(i, cause, node);
    }
  }
  return out.toBytes();
}

function notEncodable(index: number, cause: unknown, node: TransformNode): StrahlError {
  const step = node.parent ?? node;
  return new StrahlError(isStrahlError(cause) ? cause.key : 'cannotEncode', {
    title: `element ${String(index)} of p.of cannot be encoded`,
    step: pathOfNode(step),
    ...(step.site === undefined ? {} : { site: step.site }),
    why: isStrahlError(cause) ? cause.title : String(cause),
    fix: 'give plain data, or values that fit the schema',
    cause,
  });
}
