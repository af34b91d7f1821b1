/** A resolve hook that adds the condition under which the package's own imports lead to its sources. */
export function resolve(specifier, context, next) {
  return next(specifier, { ...context, conditions: [...context.conditions, 'strahl-source'] });
}
