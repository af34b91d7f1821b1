import { pipeline, s, type Pipeline } from 'strahl';

/** An option of a name that a flag of `strahl run` has. */
const taken: Pipeline<{ runner: string }> = pipeline(
  'taken-name',
  s.options({ runner: s.string }),
  (p) => p.of([1]),
);
export default taken;
