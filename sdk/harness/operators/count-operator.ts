import type { PCollectionId } from '#portability/model/ids.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { Operator } from './operator.js';

/** Counts the elements of a collection inside of a stage. */
export class CountOperator extends Operator {
  readonly pcollection: PCollectionId;
  /** In this bundle. */
  count = 0;

  constructor(stage: RunningStage, producer: Step, pcollection: PCollectionId) {
    super(stage, producer);
    this.pcollection = pcollection;
  }

  override process(): void {
    this.count++;
  }
}
