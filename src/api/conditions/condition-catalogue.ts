import { ownValue } from '../names/own-value.ts';
import type { ConditionEntries, ConditionEntry } from './condition-entry.ts';
import { saleConditionEntries } from './sale-condition-entries.ts';
import { targetConditionEntries } from './target-condition-entries.ts';

/** Conditions from which Ready, Reconciling and Stalled are derived. */
const sources = ['Accepted', 'Prescaled', 'Completed', 'BoundsInForce'] as const satisfies readonly (
  | 'Accepted'
  | keyof typeof saleConditionEntries
  | keyof typeof targetConditionEntries
)[];

/**
 * Every type of condition that Headstart writes, with all its reasons. The types of `condition()` and the Events derive
 * from it, docs/conditions.md is rendered from it, and test/api/conditions/condition-catalogue.test.ts checks that it
 * and the conditions in test/cases name the same types and reasons. The meaning of each reason is in
 * condition-reasons.ts.
 */
export const conditionCatalogue = {
  Accepted: {
    question: 'Can the object be served as it is written?',
    good: 'True',
    event: 'Warning',
    reasons: {
      FlashSale: {
        True: ['Accepted'],
        False: ['Invalid', 'NoEntryPoint', 'EntryPointUnknown', 'EntryPointReachable'],
      },
      ScalingTarget: {
        True: ['Accepted'],
        False: [
          'Invalid',
          'CapacityZero',
          'BoundsCrossed',
          'CallCycle',
          'WorkloadMissing',
          'AmbiguousAutoscaler',
          'OwnedAutoscaler',
          'MinReplicasZero',
          'ScaledObjectPaused',
        ],
      },
      ScalingPolicy: { True: ['Accepted'], False: ['Invalid'] },
      SalePlan: { True: ['Accepted'], False: ['Invalid'] },
    },
  },
  ...saleConditionEntries,
  ...targetConditionEntries,
  Emergency: {
    question: 'Is an emergency in force?',
    good: 'False',
    event: 'Warning',
    reasons: {
      ScalingTarget: { True: ['EmergencyCeiling', 'EmergencyBaseline'], False: ['NoEmergency'] },
      ScalingPolicy: { True: ['EmergencyCeiling', 'EmergencyBaseline'], False: ['NoEmergency'] },
    },
  },
  Frozen: {
    question: 'Is a freeze window open, in which nothing should be deployed?',
    good: 'False',
    event: 'Normal',
    reasons: { ScalingPolicy: { True: ['SaleNear'], False: ['NoSaleNear', 'NoFreeze'] } },
  },
  Unrecorded: {
    question: 'Is an HPA raised by annotations of Headstart, although no ScalingTarget has recorded the raise?',
    good: 'False',
    event: 'None',
    reasons: {
      ScalingTarget: { True: ['AnnotationAlone'], False: ['AllRecorded'] },
      ScalingPolicy: { True: ['AnnotationAlone'], False: ['AllRecorded'] },
    },
  },
  Ready: {
    question: 'Is everything done that can be done by now?',
    good: 'True',
    event: 'None',
    follows: sources,
    reasons: {
      FlashSale: {},
      ScalingTarget: { False: ['DeletionPaused'] },
      ScalingPolicy: {},
      SalePlan: { True: ['Planned', 'Reviewed'], False: ['ReviewDue', 'SaleGone'] },
    },
  },
  Reconciling: {
    question: 'Is something under way?',
    good: 'False',
    event: 'None',
    follows: sources,
    reasons: {
      FlashSale: { False: ['Settled', 'Stalled'] },
      ScalingTarget: { False: ['Settled', 'Stalled'] },
      ScalingPolicy: { False: ['Settled', 'Stalled'] },
      SalePlan: { False: ['Settled', 'Stalled'] },
    },
  },
  Stalled: {
    question: 'Must a person act before it can go on?',
    good: 'False',
    event: 'None',
    follows: [...sources, 'DemandAvailable'],
    reasons: {
      FlashSale: { False: ['NotStalled'] },
      ScalingTarget: { True: ['DeletionPaused'], False: ['NotStalled'] },
      ScalingPolicy: { False: ['NotStalled'] },
      SalePlan: { False: ['NotStalled'] },
    },
  },
} as const satisfies ConditionEntries;

type Catalogue = typeof conditionCatalogue;

/** A type of condition that Headstart writes. */
export type ConditionType = keyof Catalogue;

/** A reason that a condition of type `T` may have: its own, or one of a type that it is derived from. */
export type ConditionReason<T extends ConditionType = ConditionType> = T extends ConditionType
  ? OwnReason<T> | (Catalogue[T] extends { readonly follows: readonly (infer F)[] } ? OwnReason<F> : never)
  : never;

type OwnReason<T> = T extends ConditionType
  ? Extract<ValueOf<ValueOf<Catalogue[T]['reasons']>>, readonly string[]>[number]
  : never;
type ValueOf<T> = T extends unknown ? T[keyof T] : never;

/** Returns the entry of a type; undefined for a condition that is not Headstart's. */
export function conditionEntry(type: string): ConditionEntry | undefined {
  const entries: ConditionEntries = conditionCatalogue;
  return ownValue(entries, type);
}
