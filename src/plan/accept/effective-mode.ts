import type { Mode } from '../../api/flash-sale.ts';
import type { Paused } from '../../api/scaling-target.ts';

/** Someone's say about the mode; `undefined` = no say. */
export interface ModeSay {
  readonly by: 'policy' | 'target' | 'sale';
  readonly mode: Mode | undefined;
}

/** The strictest of all says: one `ForecastOnly` is enough, and the first to say it decided. */
export function effectiveMode(says: readonly ModeSay[]): { readonly mode: Mode; readonly decidedBy?: ModeSay['by'] } {
  const strictest = says.find(({ mode }) => mode === 'ForecastOnly');
  return strictest === undefined ? { mode: 'Apply' } : { mode: 'ForecastOnly', decidedBy: strictest.by };
}

/**
 * What two pauses forbid together.
 *
 *           None   Up     Down   Both
 *   None    None   Up     Down   Both
 *   Up      Up     Up     Both   Both
 *   Down    Down   Both   Down   Both
 */
export function strictestPause(one: Paused, other: Paused): Paused {
  if (one === other || other === 'None') return one;
  return one === 'None' ? other : 'Both';
}

/** Whether a pause forbids raises. */
export function stopsRaises(paused: Paused): boolean {
  return paused === 'Up' || paused === 'Both';
}

/** Whether a pause forbids lowering, restores included. */
export function stopsLowering(paused: Paused): boolean {
  return paused === 'Down' || paused === 'Both';
}
