// What a bug here looks like: an error, a limit or a metric that is another one after the wire.
import { describe, expect, it } from '@jest/globals';
import { StrahlError } from '../../errors.js';
import { transformId } from '../../model/ids.js';
import { duration } from '../../model/time.js';
import {
  decodeMonitoringInfo,
  encodeBoundedTrie,
  encodeHistogramValue,
  encodeMonitoringInfo,
} from '../../proto/generated/metrics.js';
import { METRIC_URN } from '../../urns.js';
import { ByteWriter } from '../../wire/writer.js';
import type { MetricUpdate } from '../connection.js';
import { abortField, isAbort, limitsField, limitsOf } from './bundle-limits.js';
import { errorFromText, errorText } from './error-text.js';
import { metricFromProto, metricsToProto } from './metrics-proto.js';

describe('an error', () => {
  it('comes back with code, step, site, element and cause', () => {
    const cause = Object.assign(new RangeError('too far'), { code: 'E_FAR' });
    const details = { title: 'it threw', step: 'a/b', site: 'x.ts:1:2', element: '42', cause };
    const back = errorFromText(errorText(new StrahlError('userCodeThrew', details)));
    expect(back).toMatchObject({
      code: 'STRAHL-4001',
      title: 'it threw',
      step: 'a/b',
      site: 'x.ts:1:2',
      element: '42',
      cause: { name: 'RangeError', message: 'too far', stack: cause.stack, code: 'E_FAR' },
    });
  });

  it('of a foreign harness is a user error with its text', () => {
    const back = errorFromText('java.lang.IllegalStateException: no\n  at Foo.bar(Foo.java:1)');
    expect(back).toMatchObject({
      class: 'UserCodeError',
      title: 'java.lang.IllegalStateException: no',
    });
    expect(back.why).toContain('Foo.java:1');
  });

  it('that holds the mark itself, or a lie behind it, does no harm', () => {
    expect(errorFromText('x\nstrahl-error: {"title":5}').class).toBe('UserCodeError');
    const odd = new StrahlError('cannotDecode', { title: 'a\nstrahl-error: b' });
    expect(errorFromText(errorText(odd))).toMatchObject({ key: 'cannotDecode', title: odd.title });
  });
});

describe('limits', () => {
  it('travel in a field that others pass over', () => {
    const limits = { elements: Infinity, outputBytes: 2 ** 40, time: duration(250) };
    const fields = Buffer.concat([Buffer.from([0x98, 0x06, 0x01]), limitsField(limits)]);
    expect(limitsOf(fields)).toEqual(limits);
    expect(isAbort(fields)).toBe(false);
    expect(isAbort(abortField())).toBe(true);
  });

  it('are none if the runner gives none', () => {
    expect(limitsOf(undefined).elements).toBe(Infinity);
  });
});

describe('a metric', () => {
  const name = { transform: transformId('t'), namespace: 'user', name: 'm' };
  const distribution = { count: 2, sum: 5, min: 1, max: 4 };
  const LINEAR = { kind: 'linear', start: -5, width: 0.5, number: 3 } as const;
  const EXPONENTIAL = { kind: 'exponential', scale: -1, number: 2 } as const;
  const path = (...segments: readonly string[]) => ({ segments, truncated: false });
  const cut = (...segments: readonly string[]) => ({ segments, truncated: true });
  it.each<MetricUpdate>([
    { ...name, kind: 'counter', value: -3 },
    { ...name, kind: 'counter', value: 0.5 },
    { ...name, kind: 'distribution', value: distribution },
    { ...name, kind: 'distribution', value: { ...distribution, min: 0.25 } },
    { ...name, kind: 'gauge', value: 7, at: 1_000 },
    { ...name, kind: 'gauge', value: 7.5, at: 1_000 },
    { ...name, kind: 'string-set', value: ['a', 'ü'] },
    { ...name, kind: 'bounded-trie', value: { bound: 100, paths: [] } },
    { ...name, kind: 'bounded-trie', value: { bound: 7, paths: [path('a', 'ü'), cut('b')] } },
    { ...name, kind: 'histogram', value: { buckets: LINEAR, count: 5, counts: [0, 3, 1] } },
    { ...name, kind: 'histogram', value: { buckets: EXPONENTIAL, count: 0, counts: [0, 0] } },
    { kind: 'element-count', pcollection: 'p', value: 12 },
  ])('survives as a monitoring info: %j', (metric) => {
    const info = decodeMonitoringInfo(encodeMonitoringInfo(metricsToProto([metric])[0]!));
    expect(metricFromProto(info)).toEqual(metric);
  });

  it('that hold no value yet have the ends of 64 bits', () => {
    const payload = new ByteWriter();
    for (const n of [0n, 0n, 2n ** 63n - 1n, -(2n ** 63n)]) payload.varint64(n);
    const urn = METRIC_URN.USER_DISTRIBUTION_INT64;
    const info = decodeMonitoringInfo(encodeMonitoringInfo({ urn, payload: payload.toBytes() }));
    expect(metricFromProto(info)).toMatchObject({
      value: { count: 0, sum: 0, min: 2 ** 63, max: -(2 ** 63) },
    });
  });

  it('that is one path, as Beam writes it, is a trie of one', () => {
    const payload = encodeBoundedTrie({ bound: 100, singleton: ['gs://', 'b'] });
    const urn = METRIC_URN.USER_BOUNDED_TRIE;
    const info = decodeMonitoringInfo(encodeMonitoringInfo({ urn, payload }));
    expect(metricFromProto(info)).toMatchObject({
      value: { bound: 100, paths: [path('gs://', 'b')] },
    });
  });

  it.each<Parameters<typeof encodeHistogramValue>[0]>([
    { count: 1 },
    { bucketOptions: { bucketType: { case: 'linear', value: { numberOfBuckets: 1 << 30 } } } },
  ])('that is a histogram without buckets that can be told is passed over: %j', (value) => {
    const payload = encodeHistogramValue(value);
    const urn = METRIC_URN.USER_HISTOGRAM;
    const info = decodeMonitoringInfo(encodeMonitoringInfo({ urn, payload }));
    expect(metricFromProto(info)).toBeUndefined();
  });

  it('of an unknown kind is passed over', () => {
    const info = decodeMonitoringInfo(encodeMonitoringInfo({ urn: 'beam:metric:new:v9' }));
    expect(metricFromProto(info)).toBeUndefined();
  });
});
