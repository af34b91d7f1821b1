import type { BundleId, TransformId } from '../../model/ids.js';
import type { StageFrames } from '../connection.js';
import { encodeElementsParts, type ElementsPart } from '../elements/elements-message.js';
import type { HarnessLink } from './harness-peer.js';

/** Bytes of elements that travel in the request of their bundle. */
const EMBEDDED_BYTES = 64 * 1024;
/** Bytes of elements after which a message is full; a frame may be larger. */
const MESSAGE_BYTES = 256 * 1024;

/**
 * The elements of one bundle, one part for each frame, then for each transform one that says that it was the last.
 *
 *   I1. That part holds no elements: the Python SDK looks at none that come with the end.
 */
export function elementsParts(
  bundle: BundleId,
  transforms: readonly TransformId[],
  frames: readonly StageFrames[],
): readonly ElementsPart[] {
  return transforms.flatMap((transform) => {
    const named = { instructionId: bundle, transformId: transform };
    const own = frames.flatMap((f) => (f.transform === transform ? f.frames : []));
    const parts: ElementsPart[] = own.map(({ bytes }) => ({ ...named, data: bytes }));
    return [...parts, { ...named, isLast: true }];
  });
}

/** Whether all elements of a bundle are so few that they travel with its request. */
export function areFew(parts: readonly ElementsPart[]): boolean {
  return parts.reduce((bytes, part) => bytes + lengthOf(part), 0) <= EMBEDDED_BYTES;
}

/** Several small frames share a message; no more is sent than the link has room for. */
export async function sendElements(
  link: HarnessLink,
  parts: readonly ElementsPart[],
): Promise<void> {
  let waiting: ElementsPart[] = [];
  let bytes = 0;
  for (const part of parts) {
    const length = lengthOf(part);
    if (waiting.length > 0 && bytes + length > MESSAGE_BYTES) {
      await link.toHarness('data', encodeElementsParts(waiting));
      waiting = [];
      bytes = 0;
    }
    waiting.push(part);
    bytes += length;
  }
  await link.toHarness('data', encodeElementsParts(waiting));
}

function lengthOf({ data }: ElementsPart): number {
  return data?.length ?? 0;
}
