import { transformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import type { MonitoringInfo } from '../../proto/generated/metrics.js';
import { METRIC_TYPE_URN, METRIC_URN } from '../../urns.js';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import type { Distribution, MetricName, MetricUpdate } from '../connection.js';
import {
  histogramFromBytes,
  histogramToBytes,
  trieFromBytes,
  trieToBytes,
} from './set-metrics-proto.js';

/** The updates that Beam has a metric for. */
type BeamMetric = Exclude<MetricUpdate, { readonly kind: 'event-time' }>;

/*
 * Metrics as Beam's monitoring infos. A metric whose values are all safe integers takes the integer
 * form, which every runner adds up; others take the double form.
 */
const { ELEMENT_COUNT } = METRIC_URN;
const {
  USER_SUM_INT64: SUM_INT64,
  USER_SUM_DOUBLE: SUM_DOUBLE,
  USER_DISTRIBUTION_INT64: DISTRIBUTION_INT64,
  USER_DISTRIBUTION_DOUBLE: DISTRIBUTION_DOUBLE,
  USER_LATEST_INT64: LATEST_INT64,
  USER_LATEST_DOUBLE: LATEST_DOUBLE,
  USER_SET_STRING: SET_STRING,
  USER_BOUNDED_TRIE: BOUNDED_TRIE,
  USER_HISTOGRAM: HISTOGRAM,
} = METRIC_URN;

const TYPES: ReadonlyMap<string, string> = new Map<string, string>([
  [ELEMENT_COUNT, METRIC_TYPE_URN.SUM_INT64],
  [SUM_INT64, METRIC_TYPE_URN.SUM_INT64],
  [SUM_DOUBLE, METRIC_TYPE_URN.SUM_DOUBLE],
  [DISTRIBUTION_INT64, METRIC_TYPE_URN.DISTRIBUTION_INT64],
  [DISTRIBUTION_DOUBLE, METRIC_TYPE_URN.DISTRIBUTION_DOUBLE],
  [LATEST_INT64, METRIC_TYPE_URN.LATEST_INT64],
  [LATEST_DOUBLE, METRIC_TYPE_URN.LATEST_DOUBLE],
  [SET_STRING, METRIC_TYPE_URN.SET_STRING],
  [BOUNDED_TRIE, METRIC_TYPE_URN.BOUNDED_TRIE],
  [HISTOGRAM, METRIC_TYPE_URN.HISTOGRAM],
]);

/** Leaves out what Beam has no metric for. */
export function metricsToProto(metrics: readonly MetricUpdate[]): Init<MonitoringInfo>[] {
  return metrics.flatMap((metric) => (metric.kind === 'event-time' ? [] : [metricToProto(metric)]));
}

function metricToProto(metric: BeamMetric): Init<MonitoringInfo> {
  const out = new ByteWriter(32);
  const urn = writePayload(metric, out);
  const labels =
    metric.kind === 'element-count'
      ? new Map([['PCOLLECTION', metric.pcollection]])
      : new Map<string, string>([
          ['PTRANSFORM', metric.transform],
          ['NAMESPACE', metric.namespace],
          ['NAME', metric.name],
        ]);
  return { urn, type: TYPES.get(urn)!, payload: out.toBytes(), labels };
}

/** Writes the value and answers the URN of its form. */
function writePayload(metric: BeamMetric, out: ByteWriter): string {
  switch (metric.kind) {
    case 'element-count':
      out.varint(metric.value);
      return ELEMENT_COUNT;
    case 'counter':
      if (Number.isSafeInteger(metric.value)) {
        out.varint(metric.value);
        return SUM_INT64;
      }
      out.double(metric.value);
      return SUM_DOUBLE;
    case 'distribution':
      return writeDistribution(metric.value, out);
    case 'gauge':
      out.varint(metric.at);
      if (Number.isSafeInteger(metric.value)) {
        out.varint(metric.value);
        return LATEST_INT64;
      }
      out.double(metric.value);
      return LATEST_DOUBLE;
    case 'string-set':
      out.int32(metric.value.length);
      for (const text of metric.value) out.string(text);
      return SET_STRING;
    case 'bounded-trie':
      out.raw(trieToBytes(metric.value));
      return BOUNDED_TRIE;
    case 'histogram':
      out.raw(histogramToBytes(metric.value));
      return HISTOGRAM;
  }
}

function writeDistribution({ count, sum, min, max }: Distribution, out: ByteWriter): string {
  const numbers = [sum, min, max];
  out.varint(count);
  if (numbers.every((n) => Number.isSafeInteger(n))) {
    for (const n of numbers) out.varint(n);
    return DISTRIBUTION_INT64;
  }
  for (const n of numbers) out.double(n);
  return DISTRIBUTION_DOUBLE;
}

/** `undefined` for a kind of metric that Strahl does not keep. */
export function metricFromProto({
  urn,
  payload,
  labels,
}: MonitoringInfo): MetricUpdate | undefined {
  const input = new ByteReader(payload);
  if (urn === ELEMENT_COUNT) {
    const pcollection = labels.get('PCOLLECTION') ?? '';
    return { kind: 'element-count', pcollection, value: whole(input) };
  }
  const name = nameOf(labels);
  if (urn === BOUNDED_TRIE) return { ...name, kind: 'bounded-trie', value: trieFromBytes(payload) };
  if (urn === HISTOGRAM) {
    const value = histogramFromBytes(payload);
    return value === undefined ? undefined : { ...name, kind: 'histogram', value };
  }
  return userMetricFromProto(urn, name, input);
}

function nameOf(labels: MonitoringInfo['labels']): MetricName {
  return {
    transform: transformId(labels.get('PTRANSFORM') ?? ''),
    namespace: labels.get('NAMESPACE') ?? '',
    name: labels.get('NAME') ?? '',
  };
}

function userMetricFromProto(
  urn: string,
  name: MetricName,
  input: ByteReader,
): MetricUpdate | undefined {
  switch (urn) {
    case SUM_INT64:
      return { ...name, kind: 'counter', value: whole(input) };
    case SUM_DOUBLE:
      return { ...name, kind: 'counter', value: input.double() };
    case DISTRIBUTION_INT64:
      return {
        ...name,
        kind: 'distribution',
        value: readWholeDistribution(input),
      };
    case DISTRIBUTION_DOUBLE:
      return {
        ...name,
        kind: 'distribution',
        value: readDistribution(input, () => input.double()),
      };
    case LATEST_INT64:
      return { ...name, kind: 'gauge', at: whole(input), value: whole(input) };
    case LATEST_DOUBLE:
      return { ...name, kind: 'gauge', at: whole(input), value: input.double() };
    case SET_STRING:
      return { ...name, kind: 'string-set', value: readStrings(input) };
    default:
      return undefined;
  }
}

/** Bytes of a list's length. */
const LENGTH_BYTES = 4;

/**
 * The npm package apache-beam writes a list of four numbers, its length before them. Four bytes that a distribution
 * may begin with as well, but only one that holds nothing else.
 */
function readWholeDistribution(input: ByteReader): Distribution {
  const { pos } = input;
  const isList = input.remaining > LENGTH_BYTES && input.int32() === 4;
  if (!isList) input.pos = pos;
  return readDistribution(input, () => whole(input));
}

function readDistribution(input: ByteReader, number: () => number): Distribution {
  return { count: whole(input), sum: number(), min: number(), max: number() };
}

/** To the nearest double: a distribution of nothing has the least and the greatest of 64 bits as its ends. */
function whole(input: ByteReader): number {
  return Number(input.int64());
}

function readStrings(input: ByteReader): readonly string[] {
  const count = input.int32();
  // Each string takes a byte at least.
  input.need(count, 'a set of strings');
  const strings: string[] = [];
  for (let i = 0; i < count; i++) strings.push(input.string());
  return strings;
}
