import { formatInstant } from '../../api/instant.ts';
import type { PlanStep } from '../../api/sale-plan.ts';
import type { Limits } from '../../observe/observation.ts';
import { planBounds } from '../bounds/plan-bounds.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { PlannedFloor } from '../floor/planned-floors.ts';
import type { SurgeRoom } from '../floor/surge-room.ts';

/**
 * The bounds that are due over one sale, as recorded in its SalePlan, up to the baseline at the end. At most 22 steps.
 */
export function plannedSteps(input: {
  readonly floors: readonly PlannedFloor[];
  /** What shared limits leave to its maximum, where one binds. */
  readonly room: SurgeRoom | undefined;
  /** Epoch ms. */
  readonly end: number;
  readonly desired: DesiredFloor;
  readonly limits: Limits;
}): readonly PlanStep[] {
  const { floors, end, desired, room, limits } = input;
  const { spec } = desired.observed.target;
  const { surgeRoomPercent } = limits;
  const cap = desired.cap.replicas;
  const due = floors.map(({ at, replicas: floor }) => {
    const bounds = planBounds({ floor, spec, cap, surgeRoomPercent, room: room?.replicas, scaler: undefined });
    return { from: formatInstant(at), minReplicas: bounds.minReplicas, maxReplicas: bounds.maxReplicas };
  });
  const changes = due.filter((step, index) => index === 0 || step.minReplicas !== due[index - 1]?.minReplicas);
  return [...changes, { from: formatInstant(end), ...spec.baseline }];
}
