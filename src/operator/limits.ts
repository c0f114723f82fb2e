import type { Limits } from '../observe/observation.ts';
import type { Settings } from './settings.ts';

/** Settings that observations and plans depend on. */
export function limitsOf(settings: Settings): Limits {
  const { caps, surgeRoomPercent, tickSeconds, staleAfterSeconds, writesPerSecond } = settings;
  return {
    replicasPerTarget: caps.replicasPerTarget,
    replicasPerNamespace: caps.replicasPerNamespace,
    surgeRoomPercent,
    tickSeconds,
    staleAfterSeconds,
    writesPerSecond,
  };
}
