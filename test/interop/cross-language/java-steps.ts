import { external, s } from 'strahl';
import { expectEqual, expectRefusal, type ForeignCase } from './foreign-case.js';

const GENERATE = 'beam:schematransform:org.apache.beam:generate_sequence:v1';
const output = s.row({ value: s.int64 });

/** By what they show. */
export const JAVA_CASES: Readonly<Record<string, ForeignCase>> = {
  'a schema transform of Java generates numbers for steps of ours': async (run, expansion) => {
    const numbers = external({
      ...{ schemaTransform: GENERATE, config: { start: 0, end: 4 }, expansion },
      output,
    });
    expectEqual(await run((p) => numbers(p).map(({ value }) => value * 10)), [0, 10, 20, 30]);
  },
  'a wrong setting of a schema transform of Java is named': async (run, expansion) => {
    const numbers = external({
      ...{ schemaTransform: GENERATE, config: { begin: 0 }, expansion },
      output,
    });
    await expectRefusal(
      run((p) => numbers(p)),
      'STRAHL-3303',
      'begin',
      'end?, rate?, start',
    );
  },
  'a URN that Java does not know is refused with what it describes': async (run, expansion) => {
    const none = external({ urn: 'example:none:v1', expansion, output });
    await expectRefusal(
      run((p) => none(p)),
      'STRAHL-3302',
      GENERATE,
    );
  },
};
