import type { ConditionReason } from '../../api/conditions/condition-catalogue.ts';

/** Why an object is not served, as its conditions report it. */
export interface Refusal {
  /** The reason of `Accepted=False`. */
  readonly reason: Exclude<ConditionReason<'Accepted'>, 'Accepted'>;
  /** A sentence for the object's author. */
  readonly message: string;
}
