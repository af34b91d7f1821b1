import { ServicePath, type Rpc } from '../grpc/rpc.js';
import {
  decodeEventsRequest,
  encodeEventsRequest,
  type EventsRequest,
} from '../proto/generated/interactive.js';
import {
  decodeTestStreamPayload_Event,
  encodeTestStreamPayload_Event,
  type TestStreamPayload_Event,
} from '../proto/generated/pipeline.js';

const service = new ServicePath('org.apache.beam.model.interactive.v1.TestStreamService');

/** Gives the events of a test stream one by one; the runner is the client. */
export const TEST_STREAM_SERVICE: {
  readonly Events: Rpc<EventsRequest, TestStreamPayload_Event, 'server-stream'>;
} = {
  Events: service.serverStream(
    'Events',
    { encode: encodeEventsRequest, decode: decodeEventsRequest },
    { encode: encodeTestStreamPayload_Event, decode: decodeTestStreamPayload_Event },
  ),
};
