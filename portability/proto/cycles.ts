/** How many names of a cycle are shown; of a longer one the middle is left out. */
const SHOWN = 8;

interface Visit<Id> {
  readonly node: Id;
  readonly rest: Iterator<Id>;
}

/**
 * The first cycle of a directed graph, as its nodes in order; `undefined` when there is none. It walks
 * with a stack of its own, so a chain of any length is not a danger.
 */
export function findCycle<Id>(
  nodes: Iterable<Id>,
  next: (node: Id) => Iterable<Id>,
): readonly Id[] | undefined {
  const onPath = new Set<Id>();
  const finished = new Set<Id>();
  const path: Visit<Id>[] = [];
  const enter = (node: Id): void => {
    onPath.add(node);
    path.push({ node, rest: next(node)[Symbol.iterator]() });
  };
  for (const root of nodes) {
    if (!finished.has(root)) enter(root);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const step = visit.rest.next();
      if (step.done === true) {
        path.pop();
        onPath.delete(visit.node);
        finished.add(visit.node);
      } else if (onPath.has(step.value)) {
        const cycle = path.map(({ node }) => node);
        return cycle.slice(cycle.indexOf(step.value));
      } else if (!finished.has(step.value)) enter(step.value);
    }
  }
  return undefined;
}

/** `cycle: A → B → A`. */
export function describeCycle(names: readonly string[]): string {
  const shown =
    names.length <= SHOWN
      ? names
      : [...names.slice(0, SHOWN), `… ${String(names.length - SHOWN)} more …`];
  return `cycle: ${[...shown, names[0]].join(' → ')}`;
}
