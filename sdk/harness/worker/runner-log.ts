import { LOGGING_SERVICE } from '#portability/fnapi/services.js';
import type { RpcChannel } from '#portability/grpc/connect.js';
import {
  LogEntry_Severity as Severity,
  type LogEntry_List,
} from '#portability/proto/generated/fn-api.js';
import type { Init } from '#portability/proto/codec.js';
import type { Logger } from '../../dofn/dofn.js';
import { logLine, logText } from '../steps/step-log.js';

type Entry = NonNullable<Init<LogEntry_List>['logEntries']>[number];

/** Sends what functions log to the runner; lines of one turn of the event loop travel together. */
export function runnerLog(channel: RpcChannel): Logger {
  const stream = channel.bidi(LOGGING_SERVICE.Logging);
  // The log is not worth failing for.
  stream.listen({ message: () => undefined, end: () => undefined });
  let waiting: Entry[] = [];
  const send = (): void => {
    const logEntries = waiting;
    waiting = [];
    stream.send({ logEntries });
  };
  const say =
    (severity: Severity) =>
    (text: string, fields?: object): void => {
      const now = Date.now();
      const line = logLine(text, fields);
      if (waiting.length === 0) setImmediate(send);
      waiting.push({
        severity,
        message: logText(line),
        timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1_000_000 },
        logLocation: line.site ?? '',
      });
    };
  return {
    debug: say(Severity.DEBUG),
    info: say(Severity.INFO),
    warn: say(Severity.WARN),
    error: say(Severity.ERROR),
  };
}
