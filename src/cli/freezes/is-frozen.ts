import { parseInstant } from '../../api/instant.ts';
import type { FreezeStatus } from '../../api/scaling-policy.ts';
import { openFreeze } from '../../api/series/deploy-freezes.ts';
import type { LiveFreezes } from './live-freezes.ts';

/** Whether deploying is to wait at `now` (epoch ms): by the sales, or by the flag that the admission policy reads. */
export function isFrozen({ freezes, flag, isNow }: LiveFreezes, now: number): boolean {
  return openFreeze(freezes, now) !== undefined || (isNow && isFlagUp(flag, now));
}

/** Whether the admission policy holds pod templates at `now` (epoch ms). */
export function isFlagUp(flag: FreezeStatus | undefined, now: number): boolean {
  return flag?.active === true && flag.until !== undefined && now < parseInstant(flag.until);
}
