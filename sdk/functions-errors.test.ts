// Functions that are called before there is a pipeline, by callers without a compiler. A bug here would look like an
// error that names no line, or a TypeError from deep inside of the library.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { describe } from '@jest/globals';
import {
  itRefusesToBuild,
  type ConstructionCase,
  type Loose,
} from './construction-cases.fixture.js';
import * as strahl from './index.js';

const { external, lookAt, managed, s } = strahl as Loose;
const NO_SCHEMA = /a value of type (string|undefined) is given instead of a schema/;
const START = (): number => 0;

const CASES: readonly ConstructionCase[] = [
  ['a field that is no schema', 'STRAHL-9002', NO_SCHEMA, () => s.row({ id: 'string' })],
  ['a list of no schema', 'STRAHL-9002', NO_SCHEMA, () => s.array()],
  ['a map of no values', 'STRAHL-9002', NO_SCHEMA, () => s.map(s.string)],
  ['a row without fields', 'STRAHL-9002', /the fields are an object of schemas/, () => s.row()],
  [
    'options that are null',
    'STRAHL-9002',
    /the fields are an object of schemas/,
    () => s.options(null),
  ],
  ['no side input to look at', 'STRAHL-9002', /given no side input/, () => lookAt({}, START)],
  [
    'a lookback below zero',
    'STRAHL-1203',
    /lookback of lookAt is -1 ms/,
    (p) => lookAt(p.of([1]).asList(), START, { lookback: -1 }),
  ],
  ['nothing to expand', 'STRAHL-9002', /not told which transform/, () => external()],
  [
    'no expansion service',
    'STRAHL-9002',
    /undefined is no expansion service/,
    () => external({ urn: 'a' }),
  ],
  [
    'no place of an expansion service',
    'STRAHL-9002',
    /null is no expansion service/,
    () => external({ urn: 'a', expansion: null }),
  ],
  [
    'an input of an expansion that is none',
    'STRAHL-1002',
    /neither the root, nor a collection/,
    () => external({ urn: 'a', expansion: 'localhost:1' })(5),
  ],
  [
    'a connector without a service',
    'STRAHL-9002',
    /undefined is no expansion service/,
    () => managed.read('kafka', {}),
  ],
];

describe('a function of the library refuses at the call', () => {
  itRefusesToBuild(CASES, /functions-errors\.test\.ts:\d+:\d+$/);
});
