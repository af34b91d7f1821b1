import { StrahlError } from '../errors.js';

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** @throws STRAHL-5001 if half of a surrogate pair stands alone */
export function refuseLoneSurrogate(s: string): void {
  if (LONE_SURROGATE.test(s)) {
    throw new StrahlError('cannotEncode', {
      title: 'a string holds a lone surrogate, which UTF-8 cannot express',
      fix: 'replace it first, for example with text.toWellFormed()',
    });
  }
}
