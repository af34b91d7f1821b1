import { StrahlError } from '#portability/errors.js';

const READ = '.with({ x: side }).map((element, { x }) => …)';

/** For `+`, `<` and texts, which would take `[object Object]` without a word. @throws STRAHL-1002 */
export function sideAsValue(): never {
  throw new StrahlError('foreignCollection', {
    title: 'a side input is taken for its value',
    why: 'its elements are there only while the pipeline runs, for each window others',
    fix: READ,
  });
}

/** The same of a collection. @throws STRAHL-1002 */
export function collectionAsValue(): never {
  throw new StrahlError('foreignCollection', {
    title: 'a collection is taken for a value',
    why: 'its elements are there only while the pipeline runs',
    fix: `make a side input of it, for example by asSingleton(), and read that: ${READ}`,
  });
}
