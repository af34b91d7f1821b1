import type { Init } from '../../proto/codec.js';
import type { InstructionResponse, ProcessBundleResponse } from '../../proto/generated/fn-api.js';
import type { BundleOutcome, StageDescriptor } from '../connection.js';
import { failedMetrics } from '../failed-metrics.js';
import { metricsToProto } from '../messages/metrics-proto.js';
import { residualToProto } from '../messages/residual-proto.js';

/** How a bundle of this stage ended. */
export function responseOf(
  outcome: BundleOutcome,
  { transforms }: StageDescriptor,
): Init<ProcessBundleResponse> {
  return {
    residualRoots: outcome.residuals.map((residual) => {
      const { outputs } = transforms.find(({ id }) => id === residual.transform)!;
      return residualToProto(residual, [...outputs.keys()]);
    }),
    monitoringInfos: metricsToProto(outcome.metrics),
    requiresFinalization: outcome.finalize,
  };
}

/** MET-1: beside an error the answer is passed over by runners that count no failed tries. */
export function countedBefore(error: unknown): Pick<Init<InstructionResponse>, 'response'> {
  const monitoringInfos = metricsToProto(failedMetrics(error));
  if (monitoringInfos.length === 0) return {};
  return { response: { case: 'processBundle', value: { monitoringInfos } } };
}
