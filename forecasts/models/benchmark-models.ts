import type { Model } from '../model.ts';
import { lastValue } from './last-value.ts';
import { levelProfile } from './level-profile.ts';
import { seasonalNaiveDay, seasonalNaiveWeek } from './seasonal-naive.ts';

/** Simple models that a forecast is compared with, in the order in which `headstart backtest` shows them. */
export const benchmarkModels: readonly Model[] = [levelProfile, seasonalNaiveDay, seasonalNaiveWeek, lastValue];
