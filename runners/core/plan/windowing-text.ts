import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';

/** `fixed(60000 ms)`; equal text means equal function. */
export function describeWindowFn(windowFn: WindowFnSpec): string {
  switch (windowFn.kind) {
    case 'global':
      return 'global';
    case 'fixed':
      return `fixed(${String(windowFn.size)} ms${offsetText(windowFn.offset)})`;
    case 'sliding': {
      const { size, period, offset } = windowFn;
      return `sliding(${String(size)} ms every ${String(period)} ms${offsetText(offset)})`;
    }
    case 'sessions':
      return `sessions(${String(windowFn.gap)} ms)`;
    case 'custom': {
      const { urn, payload } = windowFn.spec;
      return `${urn}(${Buffer.from(payload).toString('latin1')})`;
    }
  }
}

function offsetText(offset: number): string {
  return offset === 0 ? '' : `, offset ${String(offset)} ms`;
}

/** The trigger as its kinds and numbers; equal text means equal trigger. */
export function describeTrigger(trigger: TriggerSpec): string {
  return trigger.kind === 'default' ? 'default' : JSON.stringify(trigger);
}
