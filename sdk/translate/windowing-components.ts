import {
  environmentId,
  windowingStrategyId,
  type CoderId,
  type EnvironmentId,
  type WindowingStrategyId,
} from '#portability/model/ids.js';
import { CODER_URN } from '#portability/urns.js';
import type { WindowFnSpec, WindowingStrategy } from '#portability/model/windowing.js';
import { calendarSpec } from '../dofn/calendar-spec.js';
import { functionRef, WINDOW_FN_REF_URN } from '../dofn/function-ref.js';
import { pathOfNode, type Windowing } from '../graph/graph-node.js';
import type { CoderComponents } from './coder-components.js';
import type { FunctionTable } from './function-table.js';

/** The windowing strategies of a graph, each described once. */
export class WindowingComponents {
  readonly strategies: Map<WindowingStrategyId, WindowingStrategy> = new Map();
  /** Where the functions of this SDK run. */
  readonly environment: EnvironmentId;
  readonly #prefix: string;
  readonly #coders: CoderComponents;
  readonly #functions: FunctionTable;
  readonly #byWindowing = new Map<Windowing, WindowingStrategyId>();
  readonly #byText = new Map<string, WindowingStrategyId>();

  constructor(coders: CoderComponents, functions: FunctionTable, prefix = '') {
    this.environment = environmentId(`${prefix}strahl`);
    this.#prefix = prefix;
    this.#coders = coders;
    this.#functions = functions;
  }

  idOf(windowing: Windowing): WindowingStrategyId {
    let id = this.#byWindowing.get(windowing);
    if (id === undefined) this.#byWindowing.set(windowing, (id = this.#add(windowing)));
    return id;
  }

  /** The coder of its windows. */
  coderOf(windowing: Windowing): CoderId {
    return this.strategies.get(this.idOf(windowing))!.windowCoderId;
  }

  /** As a graph names the window function; a custom one by the step that brought it in. */
  windowFn(windowing: Windowing): WindowFnSpec {
    const { windowFn, step } = windowing;
    if (windowFn.kind === 'calendar') return { kind: 'custom', spec: calendarSpec(windowFn) };
    if (windowFn.kind !== 'custom') return windowFn;
    const path = pathOfNode(step!);
    this.#functions.add(path, { kind: 'window-fn', fn: windowFn.fn });
    return { kind: 'custom', spec: functionRef(path, WINDOW_FN_REF_URN) };
  }

  #add(windowing: Windowing): WindowingStrategyId {
    const { mergeStatus, trigger, accumulation, timestampCombiner } = windowing;
    const { closing, onTime, allowedLateness } = windowing;
    const strategy: WindowingStrategy = Object.freeze({
      windowFn: this.windowFn(windowing),
      mergeStatus,
      windowCoderId: this.#windowCoder(windowing),
      trigger,
      accumulation,
      timestampCombiner,
      closing,
      onTime,
      allowedLateness,
      assignsToOneWindow: ['global', 'fixed', 'sessions', 'calendar'].includes(
        windowing.windowFn.kind,
      ),
      environmentId: this.environment,
    });
    // Two calls of window with the same arguments are one strategy.
    const text = JSON.stringify(strategy);
    let id = this.#byText.get(text);
    if (id === undefined) {
      id = windowingStrategyId(`${this.#prefix}w${String(this.#byText.size + 1)}`);
      this.#byText.set(text, id);
      this.strategies.set(id, strategy);
    }
    return id;
  }

  #windowCoder({ windowFn }: Windowing): CoderId {
    switch (windowFn.kind) {
      case 'global':
        return this.#coders.standard(CODER_URN.GLOBAL_WINDOW);
      case 'custom':
        return this.#coders.customWindow(windowFn.window);
      default:
        return this.#coders.standard(CODER_URN.INTERVAL_WINDOW);
    }
  }
}
