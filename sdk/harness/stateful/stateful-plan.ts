import type { ElementCoder } from '#portability/coders/coder.js';
import type { Transform } from '#portability/model/graph.js';
import type { Duration } from '#portability/model/time.js';
import type { ParDoSpec, TimeDomain } from '#portability/model/transform-spec.js';
import type { Window } from '#portability/model/windows.js';
import { expirationFamily } from '../../dofn/expiration-family.js';
import type { StateDescription } from '../../dofn/state.js';
import type { UserFunction } from '../../dofn/user-function.js';
import type { StageSurroundings } from '../stage/stage-surroundings.js';
import type { Step } from '../steps/step.js';
import { BagCell } from './bag-cell.js';
import { declaredHandles } from './declared-handles.js';
import type { KeyScope } from './key-scope.js';
import { OrderedListCell } from './list-cell.js';
import { MapCell, MultimapCell, SetCell } from './map-cells.js';
import { CombiningCell, ValueCell } from './value-cells.js';

/** A step with state, with its coders found: what each of its instances is made of. */
export interface StatefulPlan {
  readonly fn: UserFunction & { readonly kind: 'stateful' };
  readonly keyCoder: ElementCoder<unknown>;
  readonly windowCoder: ElementCoder<Window>;
  readonly allowedLateness: Duration;
  readonly states: readonly PlannedState[];
  /** By the name of the family; that of window expiration included. */
  readonly domains: ReadonlyMap<string, TimeDomain>;
  readonly expiration: string;
  /**
   * The function hears of the ends of its windows, and the runner was not asked to tell of them: an element sets a
   * timer of the family `expiration` to the end of its window.
   */
  readonly setsEndings: boolean;
}

interface PlannedState {
  readonly name: string;
  readonly description: StateDescription;
  readonly keyCoder: ElementCoder<unknown> | undefined;
  readonly valueCoder: ElementCoder<unknown>;
}

export function statefulPlan(
  transform: Transform,
  spec: ParDoSpec,
  fn: UserFunction & { readonly kind: 'stateful' },
  around: StageSurroundings,
): StatefulPlan {
  const { coders } = around;
  const windowing = around.inputWindowing(transform);
  const states = [...spec.stateSpecs].map(([name, state]): PlannedState => {
    const value = 'coderId' in state ? state.coderId : state.valueCoderId;
    const key = 'keyCoderId' in state ? coders.coderOf(state.keyCoderId) : undefined;
    const description = fn.states[name]!;
    return { name, description, keyCoder: key, valueCoder: coders.coderOf(value) };
  });
  const expiration = spec.onWindowExpirationTimerFamily ?? expirationFamily(fn.timers);
  return {
    fn,
    keyCoder: around.inputKeyCoder(transform),
    windowCoder: coders.coderOf(windowing.windowCoderId) as ElementCoder<Window>,
    allowedLateness: windowing.allowedLateness,
    states,
    domains: new Map([...spec.timerFamilies].map(([name, { domain }]) => [name, domain])),
    expiration,
    setsEndings:
      spec.onWindowExpirationTimerFamily === undefined && spec.timerFamilies.has(expiration),
  };
}

/** Makes the cells that the functions find in `c.state`, and adds them to the scope. */
export function cellsOf(
  { states }: StatefulPlan,
  scope: KeyScope,
  step: Step,
): Readonly<Record<string, unknown>> {
  const cells = states.map((state) => [state.name, cellOf(state, scope, step)] as const);
  return declaredHandles(step, 'state', cells);
}

function cellOf(state: PlannedState, scope: KeyScope, step: Step): unknown {
  const { name, description, keyCoder, valueCoder } = state;
  switch (description.kind) {
    case 'value': {
      const cell = new ValueCell(name, scope, valueCoder, step, description.initial);
      scope.addEager(cell);
      return cell;
    }
    case 'combining': {
      const cell = new CombiningCell(name, scope, valueCoder, step, description.fn);
      scope.addEager(cell);
      return cell;
    }
    case 'bag': {
      const cell = new BagCell(name, scope, valueCoder, step);
      scope.add(cell);
      return cell;
    }
    case 'set':
      return new SetCell(name, scope, valueCoder, step);
    case 'map':
      return new MapCell(name, scope, keyCoder!, valueCoder, step);
    case 'multimap':
      return new MultimapCell(name, scope, keyCoder!, valueCoder, step);
    case 'ordered-list':
      return new OrderedListCell(name, scope, valueCoder, step);
  }
}
