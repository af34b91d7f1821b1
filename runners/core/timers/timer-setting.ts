/** When a timer is to fire, and what it holds until then. */
export interface TimerSetting {
  fire: number;
  /** Output timestamp; NaN: none. */
  hold: number;
  /** Number of the pane of the element that set it. */
  pane: number;
}
