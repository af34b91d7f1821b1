import type { Init } from '../../proto/codec.js';
import {
  decodeBoundedTrie,
  decodeHistogramValue,
  encodeBoundedTrie,
  encodeHistogramValue,
  type BoundedTrieNode,
  type HistogramValue_BucketOptions,
} from '../../proto/generated/metrics.js';
import { TRIE_BOUND, type BoundedTrie, type TriePath } from '../bounded-trie.js';
import type { Histogram, HistogramBuckets } from '../histogram.js';

/** Beyond this many buckets a histogram is not worth its bytes, and what another SDK says of them may be wrong. */
const MAX_BUCKETS = 100_000;

type NodeDraft = { truncated: boolean; readonly children: Map<string, NodeDraft> };

const newNode = (): NodeDraft => ({ truncated: false, children: new Map() });

export function trieToBytes({ bound, paths }: BoundedTrie): Uint8Array {
  if (paths.length === 0) return encodeBoundedTrie({ bound });
  const root = newNode();
  for (const { segments, truncated } of paths) {
    let node = root;
    for (const segment of segments) {
      let child = node.children.get(segment);
      if (child === undefined) node.children.set(segment, (child = newNode()));
      node = child;
    }
    node.truncated = truncated;
  }
  return encodeBoundedTrie({ bound, root });
}

export function trieFromBytes(bytes: Uint8Array): BoundedTrie {
  const { bound, root, singleton } = decodeBoundedTrie(bytes);
  const paths: TriePath[] = [];
  if (root !== undefined) collect(root, [], paths);
  else if (singleton.length > 0) paths.push({ segments: singleton, truncated: false });
  return { bound: bound > 0 ? bound : TRIE_BOUND, paths };
}

function collect(node: BoundedTrieNode, before: readonly string[], out: TriePath[]): void {
  if (node.truncated || node.children.size === 0) {
    out.push({ segments: before, truncated: node.truncated });
    return;
  }
  for (const [segment, child] of node.children) collect(child, [...before, segment], out);
}

export function histogramToBytes({ buckets, count, counts }: Histogram): Uint8Array {
  return encodeHistogramValue({
    count,
    bucketOptions: { bucketType: bucketsToProto(buckets) },
    bucketCounts: counts,
  });
}

function bucketsToProto(
  buckets: HistogramBuckets,
): Init<NonNullable<HistogramValue_BucketOptions['bucketType']>> {
  const { number: numberOfBuckets } = buckets;
  if (buckets.kind === 'exponential') {
    return { case: 'exponential', value: { numberOfBuckets, scale: buckets.scale } };
  }
  const { width, start } = buckets;
  return { case: 'linear', value: { numberOfBuckets, width, start } };
}

/** `undefined` for buckets of which nobody knows the bounds. */
export function histogramFromBytes(bytes: Uint8Array): Histogram | undefined {
  const { count, bucketOptions, bucketCounts } = decodeHistogramValue(bytes);
  const buckets = bucketsFromProto(bucketOptions?.bucketType);
  if (buckets === undefined || !(buckets.number >= 0 && buckets.number <= MAX_BUCKETS)) {
    return undefined;
  }
  const counts = Array.from({ length: buckets.number }, (_, i) => bucketCounts[i] ?? 0);
  return { buckets, count: count ?? counts.reduce((sum, n) => sum + n, 0), counts };
}

function bucketsFromProto(
  type: HistogramValue_BucketOptions['bucketType'],
): HistogramBuckets | undefined {
  if (type === undefined) return undefined;
  const { numberOfBuckets: number = 0 } = type.value;
  if (type.case === 'exponential') {
    return { kind: 'exponential', scale: type.value.scale ?? 0, number };
  }
  const { start = 0, width = 0 } = type.value;
  return { kind: 'linear', start, width, number };
}
