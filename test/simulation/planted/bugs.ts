/** A mistake that an engineer might make: one text of one file of the engine replaced by another. */
export interface PlantedBug {
  readonly name: string;
  /** What it breaks. */
  readonly rule: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

const GROUPING = 'runners/core/grouping';
const STAGES = 'runners/core/stages';

export const BUGS: readonly PlantedBug[] = [
  {
    name: 'a timer is deleted before its bundle commits',
    rule: 'TMR-12',
    file: `${STAGES}/stateful-stage.ts`,
    right: "const due = input.kind === 'keyed' ? input.due : this.timers.none();",
    wrong:
      "const due = input.kind === 'keyed' && bundle.attempt === 1 ? input.due : this.timers.none();",
  },
  {
    name: 'a timer fires twice after a retry',
    rule: 'TMR-12',
    file: `${STAGES}/stateful-stage.ts`,
    right: "const due = input.kind === 'keyed' ? input.due : this.timers.none();",
    wrong:
      "const due = input.kind === 'keyed' ? input.due : this.timers.none();\n" +
      '    const names = [...this.planned.families.keys()];\n' +
      '    for (let i = due.count - 1; bundle.attempt > 1 && i >= 0; i--) {\n' +
      '      const family = names.indexOf(due.family(i));\n' +
      '      due.add(due.place(i), family, Buffer.from(due.tag(i)), due.fire(i), due.hold(i), 0);\n' +
      '    }',
  },
  {
    name: 'state that a failed bundle wrote is kept',
    rule: 'STA-3',
    file: `${STAGES}/stateful-stage.ts`,
    right: 'this.#cells?.takeBack((place) => this.#forget(place));',
    wrong: 'this.#cells?.apply();',
  },
  {
    name: 'a hold is released before its pane is emitted',
    rule: 'WM-5',
    file: `${STAGES}/grouping-stage.ts`,
    right: '    if (reason === undefined) return [];',
    wrong: '    if (reason === undefined || this.grouping.due) return [];',
  },
  {
    name: 'the watermark passes elements in hand',
    rule: 'WM-1',
    file: `${STAGES}/bundle-attempts.ts`,
    right: "return [{ time: bundle.least, holder: { kind: 'bundle', bundle: bundle.id } }];",
    wrong: 'return [];',
  },
  {
    name: 'an exception of a function is taken for the end of its bundle',
    rule: 'BND-2',
    file: `${STAGES}/bundle-attempts.ts`,
    right: 'this.#failed = this.#running ?? bundle;',
    wrong: '',
  },
  {
    name: 'lateness is tested against the output watermark',
    rule: 'LATE-1',
    file: `${GROUPING}/window-set.ts`,
    right: 'const expired = expiry < this.#times.input;',
    wrong: 'const expired = expiry < this.#times.output;',
  },
  {
    name: 'a second pane of a window is on time',
    rule: 'PAN-4',
    file: `${GROUPING}/pane-cycle.ts`,
    right: 'if (cells[at + NON_SPECULATIVE]! > 0 || end < output)',
    wrong: 'if (end < output)',
  },
  {
    name: 'panes of a merged window are counted on from one of its parts',
    rule: 'MRG-5',
    file: `${GROUPING}/session-merging.ts`,
    right: '      cells[at + PANES] = 0;\n',
    wrong: '',
  },
  {
    name: 'a hold is lost in a merge',
    rule: 'MRG-6',
    file: `${GROUPING}/session-merging.ts`,
    right: 'if (!Number.isNaN(time)) this.#cycle.combineTime(cells, at, time as never);',
    wrong: 'cells[at + TIME] = NaN;',
  },
  {
    name: 'an accumulator is lost in a compaction',
    rule: 'P8',
    file: `${GROUPING}/overfull.ts`,
    right:
      'this.#groups = this.#groups.filter(({ values, valuesId }) => values.countOf(valuesId) > 1);',
    wrong:
      'for (const { values, valuesId } of this.#groups) if (values.countOf(valuesId) > 17) values.clear(valuesId);\n' +
      'this.#groups = this.#groups.filter(({ values, valuesId }) => values.countOf(valuesId) > 1);',
  },
  {
    name: 'groups out of memory do not hold the watermark',
    rule: 'WM-5',
    file: `${GROUPING}/shelves/shelved-holds.ts`,
    right: 'if (times.hold >= least) continue;',
    wrong: 'if (times.hold >= -Infinity) continue;',
  },
  {
    name: 'groups that come back to memory forget their panes',
    rule: 'PAN-1',
    file: `${GROUPING}/shelves/triggered-storage.ts`,
    right: 'states.cells(id).set(groups.cells, states.at(id));',
    wrong: '',
  },
  {
    name: 'a side input is read before it is ready',
    rule: 'SID-2',
    file: 'runners/core/side-inputs/view-store.ts',
    right: 'return this.#times.input > end || this.#find(window) !== undefined;',
    wrong: 'return this.#times.input >= end - 1 || this.#find(window) !== undefined;',
  },
  {
    name: 'a split loses what it gives back',
    rule: 'SDF-2',
    file: 'sdk/dofn/offset-tracker.ts',
    right: 'const residual = { ...this.restriction, from: at };',
    wrong: 'const residual = { ...this.restriction, from: at + 1 };',
  },
  {
    name: 'a split gives back what it has read',
    rule: 'SDF-2',
    file: 'sdk/dofn/offset-tracker.ts',
    right: 'const residual = { ...this.restriction, from: at };',
    wrong:
      'const residual = { ...this.restriction, from: Math.max(this.restriction.from, at - 1) };',
  },
];
