import { Operator } from './operator.js';

/** Gives on what it takes: a Flatten, whose inputs all lead here. */
export class PassOperator extends Operator {}
