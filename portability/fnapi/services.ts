import { ServicePath, type MessageCodec, type Rpc } from '../grpc/rpc.js';
import * as fn from '../proto/generated/fn-api.js';
import * as provision from '../proto/generated/provision.js';

/*
 * The services of Beam's Fn API. A harness is the client of all but the worker pool, and sends its
 * `worker_id` as a header of every call.
 */
const control = new ServicePath('org.apache.beam.model.fn_execution.v1.BeamFnControl');
const data = new ServicePath('org.apache.beam.model.fn_execution.v1.BeamFnData');
const state = new ServicePath('org.apache.beam.model.fn_execution.v1.BeamFnState');
const logging = new ServicePath('org.apache.beam.model.fn_execution.v1.BeamFnLogging');
const pool = new ServicePath('org.apache.beam.model.fn_execution.v1.BeamFnExternalWorkerPool');
const status = new ServicePath('org.apache.beam.model.fn_execution.v1.BeamFnWorkerStatus');
const provisioning = new ServicePath('org.apache.beam.model.fn_execution.v1.ProvisionService');

/** The header by which a harness says which of its named streams of elements this is. */
export const DATA_STREAM_HEADER = 'data_stream_id';
/** The header by which a harness says which worker it is. */
export const WORKER_ID_HEADER = 'worker_id';

const INSTRUCTION_REQUEST: MessageCodec<fn.InstructionRequest> = {
  encode: fn.encodeInstructionRequest,
  decode: fn.decodeInstructionRequest,
};
const INSTRUCTION_RESPONSE: MessageCodec<fn.InstructionResponse> = {
  encode: fn.encodeInstructionResponse,
  decode: fn.decodeInstructionResponse,
};
const DESCRIPTOR_REQUEST: MessageCodec<fn.GetProcessBundleDescriptorRequest> = {
  encode: fn.encodeGetProcessBundleDescriptorRequest,
  decode: fn.decodeGetProcessBundleDescriptorRequest,
};
const DESCRIPTOR: MessageCodec<fn.ProcessBundleDescriptor> = {
  encode: fn.encodeProcessBundleDescriptor,
  decode: fn.decodeProcessBundleDescriptor,
};
const ELEMENTS: MessageCodec<fn.Elements> = {
  encode: fn.encodeElements,
  decode: fn.decodeElements,
};

/** Responses come up, requests go down. */
export const CONTROL_SERVICE: {
  readonly Control: Rpc<fn.InstructionResponse, fn.InstructionRequest, 'bidi'>;
  readonly GetProcessBundleDescriptor: Rpc<
    fn.GetProcessBundleDescriptorRequest,
    fn.ProcessBundleDescriptor,
    'unary'
  >;
} = {
  Control: control.bidi('Control', INSTRUCTION_RESPONSE, INSTRUCTION_REQUEST),
  GetProcessBundleDescriptor: control.unary(
    'GetProcessBundleDescriptor',
    DESCRIPTOR_REQUEST,
    DESCRIPTOR,
  ),
};

export const DATA_SERVICE: { readonly Data: Rpc<fn.Elements, fn.Elements, 'bidi'> } = {
  Data: data.bidi('Data', ELEMENTS, ELEMENTS),
};

export const STATE_SERVICE: { readonly State: Rpc<fn.StateRequest, fn.StateResponse, 'bidi'> } = {
  State: state.bidi(
    'State',
    { encode: fn.encodeStateRequest, decode: fn.decodeStateRequest },
    { encode: fn.encodeStateResponse, decode: fn.decodeStateResponse },
  ),
};

export const LOGGING_SERVICE: {
  readonly Logging: Rpc<fn.LogEntry_List, fn.LogControl, 'bidi'>;
} = {
  Logging: logging.bidi(
    'Logging',
    { encode: fn.encodeLogEntry_List, decode: fn.decodeLogEntry_List },
    { encode: fn.encodeLogControl, decode: fn.decodeLogControl },
  ),
};

/** Served by whoever can start workers; the runner is the client. */
export const WORKER_POOL_SERVICE: {
  readonly StartWorker: Rpc<fn.StartWorkerRequest, fn.StartWorkerResponse, 'unary'>;
  readonly StopWorker: Rpc<fn.StopWorkerRequest, fn.StopWorkerResponse, 'unary'>;
} = {
  StartWorker: pool.unary(
    'StartWorker',
    { encode: fn.encodeStartWorkerRequest, decode: fn.decodeStartWorkerRequest },
    { encode: fn.encodeStartWorkerResponse, decode: fn.decodeStartWorkerResponse },
  ),
  StopWorker: pool.unary(
    'StopWorker',
    { encode: fn.encodeStopWorkerRequest, decode: fn.decodeStopWorkerRequest },
    { encode: fn.encodeStopWorkerResponse, decode: fn.decodeStopWorkerResponse },
  ),
};

export const WORKER_STATUS_SERVICE: {
  readonly WorkerStatus: Rpc<fn.WorkerStatusResponse, fn.WorkerStatusRequest, 'bidi'>;
} = {
  WorkerStatus: status.bidi(
    'WorkerStatus',
    { encode: fn.encodeWorkerStatusResponse, decode: fn.decodeWorkerStatusResponse },
    { encode: fn.encodeWorkerStatusRequest, decode: fn.decodeWorkerStatusRequest },
  ),
};

/** What a worker of a container or process asks first. */
export const PROVISION_SERVICE: {
  readonly GetProvisionInfo: Rpc<
    provision.GetProvisionInfoRequest,
    provision.GetProvisionInfoResponse,
    'unary'
  >;
} = {
  GetProvisionInfo: provisioning.unary(
    'GetProvisionInfo',
    {
      encode: provision.encodeGetProvisionInfoRequest,
      decode: provision.decodeGetProvisionInfoRequest,
    },
    {
      encode: provision.encodeGetProvisionInfoResponse,
      decode: provision.decodeGetProvisionInfoResponse,
    },
  ),
};
