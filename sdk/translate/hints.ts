import { siteOf, type Graph } from '#portability/model/graph.js';
import { TRANSFORM_URN } from '#portability/urns.js';
import { PLAIN_CODER_URN } from '../dofn/function-ref.js';

/** Advice about a step that works as it is. */
export interface Hint {
  readonly step: string;
  readonly site?: string;
  readonly text: string;
}

/** One hint per grouping whose values travel as plain data although a schema would say what they are. */
export function hintsOf(graph: Graph): readonly Hint[] {
  const { transforms, pcollections, coders } = graph.components;
  const hints: Hint[] = [];
  for (const transform of transforms.values()) {
    if (transform.spec?.urn !== TRANSFORM_URN.GROUP_BY_KEY) continue;
    const [input] = transform.inputs.values();
    const coder = coders.get(pcollections.get(input!)!.coderId)!;
    const value = coders.get(coder.componentIds[1]!);
    if (value?.spec.urn !== PLAIN_CODER_URN) continue;
    const site = siteOf(transform);
    hints.push({
      step: transform.uniqueName,
      ...(site === undefined ? {} : { site }),
      text: 'values travel as self-describing data; a schema, as in .map(f, s.row({ … })), makes them smaller',
    });
  }
  return hints;
}
