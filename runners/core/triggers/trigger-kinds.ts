import type { TriggerSpec } from '#portability/model/triggers.js';

/** Whether a trigger may wait for synchronized processing time. */
export function usesSynchronizedTime(spec: TriggerSpec): boolean {
  return kindsOf(spec).includes('after-synchronized-processing-time');
}

/** The kinds of a trigger and all its subtriggers, as often as they occur. */
export function kindsOf(spec: TriggerSpec): readonly TriggerSpec['kind'][] {
  return [spec.kind, ...subtriggersOf(spec).flatMap(kindsOf)];
}

function subtriggersOf(spec: TriggerSpec): readonly TriggerSpec[] {
  switch (spec.kind) {
    case 'after-end-of-window':
      return [spec.early, spec.late].filter((sub) => sub !== undefined);
    case 'after-all':
    case 'after-any':
    case 'after-each':
      return spec.subtriggers;
    case 'or-finally':
      return [spec.main, spec.finally];
    case 'repeat':
      return [spec.subtrigger];
    default:
      return [];
  }
}
