import type { Outcome } from '../../src/simulate/outcome.ts';

type Judged = Pick<Outcome, 'secondsOverObjective' | 'replicaHours'>;

/** What Headstart promises: at most a tenth of the HPA's seconds over the objective at 1.6 times its replica-hours at most. */
export function meetsTheGoal(own: Judged, hpaAlone: Judged): boolean {
  return (
    own.secondsOverObjective <= 0.1 * hpaAlone.secondsOverObjective && own.replicaHours <= 1.6 * hpaAlone.replicaHours
  );
}
