import type { Oddity } from '../world.ts';
import { announcedOddities } from './announced-oddities.ts';
import { changedOddities } from './changed-oddities.ts';
import { judgedOddities } from './judged-oddities.ts';
import { liveOddities } from './live-oddities.ts';
import { measuredOddities } from './measured-oddities.ts';
import { policyOddities } from './policy-oddities.ts';
import { statedOddities } from './stated-oddities.ts';

/** Everything odd that a world may have. */
export const oddities: readonly Oddity[] = [
  ...announcedOddities,
  ...changedOddities,
  ...policyOddities,
  ...statedOddities,
  ...liveOddities,
  ...measuredOddities,
  ...judgedOddities,
];
