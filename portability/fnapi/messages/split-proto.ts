import { StrahlError } from '../../errors.js';
import { transformId, type TransformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import type {
  ProcessBundleSplitRequest,
  ProcessBundleSplitResponse,
} from '../../proto/generated/fn-api.js';
import type { BundleSplit, DesiredSplit, StageDescriptor } from '../connection.js';
import type { StagePorts } from '../elements/stage-ports.js';
import { residualFromProto, residualToProto } from './residual-proto.js';

export function desiredSplitToProto(
  bundle: string,
  desired: DesiredSplit,
): Init<ProcessBundleSplitRequest> {
  const { transform, fractionOfRemainder, inputElements, allowedSplitPoints = [] } = desired;
  return {
    instructionId: bundle,
    desiredSplits: new Map([
      [
        transform,
        {
          fractionOfRemainder,
          estimatedInputElements: inputElements,
          allowedSplitPoints,
        },
      ],
    ]),
  };
}

/** @throws STRAHL-8001 for a request that names no input */
export function desiredSplitFromProto({ desiredSplits }: ProcessBundleSplitRequest): DesiredSplit {
  const [first] = desiredSplits;
  if (first === undefined) {
    throw new StrahlError('protocolBroken', { title: 'a split names no input of its bundle' });
  }
  const [transform, { fractionOfRemainder, estimatedInputElements, allowedSplitPoints }] = first;
  return {
    transform: transformId(transform),
    fractionOfRemainder,
    inputElements: estimatedInputElements,
    ...(allowedSplitPoints.length === 0 ? {} : { allowedSplitPoints }),
  };
}

/** Nothing given back is a response without anything in it. */
export function splitToProto(
  split: BundleSplit | undefined,
  source: TransformId,
  { transforms }: StageDescriptor,
): Init<ProcessBundleSplitResponse> {
  if (split === undefined) return {};
  const residualRoots = split.residuals.map((residual) => {
    const { outputs } = transforms.find(({ id }) => id === residual.transform)!;
    return residualToProto(residual, [...outputs.keys()]);
  });
  // A primary is a part of the same element of the same input as the residual.
  const [of] = split.residuals;
  return {
    primaryRoots: split.primaries.map(({ bytes }) => ({
      transformId: of!.transform,
      inputId: of!.input,
      element: bytes,
    })),
    residualRoots,
    channelSplits: [
      {
        transformId: source,
        lastPrimaryElement: split.lastPrimary,
        firstResidualElement: split.firstResidual,
      },
    ],
  };
}

export function splitFromProto(
  { primaryRoots, residualRoots, channelSplits }: ProcessBundleSplitResponse,
  ports: StagePorts,
): BundleSplit | undefined {
  const [channel] = channelSplits;
  if (channel === undefined) return undefined;
  return {
    lastPrimary: channel.lastPrimaryElement,
    firstResidual: channel.firstResidualElement,
    primaries: primaryRoots.map((root) =>
      ports.inputOf(transformId(root.transformId), root.inputId).frame(root.element),
    ),
    residuals: residualRoots.map((root) => residualFromProto(root, ports)),
  };
}
