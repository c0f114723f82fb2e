import type { Mode } from '../../api/flash-sale.ts';
import type { Paused } from '../../api/scaling-target.ts';

/** The mode that one object sets; `undefined` = it sets none. */
export interface ModeSay {
  readonly by: 'policy' | 'target' | 'sale';
  readonly mode: Mode | undefined;
}

/** The strictest of all modes that are set: one `ForecastOnly` is enough, and `decidedBy` is the first that sets it. */
export function effectiveMode(says: readonly ModeSay[]): { readonly mode: Mode; readonly decidedBy?: ModeSay['by'] } {
  const strictest = says.find(({ mode }) => mode === 'ForecastOnly');
  return strictest === undefined ? { mode: 'Apply' } : { mode: 'ForecastOnly', decidedBy: strictest.by };
}

/**
 * Combines two pauses: what either forbids is forbidden.
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
