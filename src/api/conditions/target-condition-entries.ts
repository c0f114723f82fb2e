import type { ConditionEntries } from './condition-entry.ts';

/** Types of condition that only a ScalingTarget has. */
export const targetConditionEntries = {
  DemandAvailable: {
    question: 'Does the metric source give demand that is fresh?',
    good: 'True',
    event: 'Warning',
    reasons: { ScalingTarget: { True: ['Fresh'], False: ['NoDemand', 'Stale'] } },
  },
  HistorySufficient: {
    question: 'Is the history of demand long enough to know a weekday from a weekend?',
    good: 'True',
    event: 'Warning',
    reasons: { ScalingTarget: { True: ['HistoryLongEnough'], False: ['HistoryTooShort'] } },
  },
  BoundsInForce: {
    question: 'Does the live object have the bounds that were decided, and why these?',
    good: 'True',
    event: 'Warning',
    reasons: {
      ScalingTarget: {
        True: [
          'Baseline',
          'SaleAhead',
          'SaleRunning',
          'OrdinaryPeak',
          'Emergency',
          'AtCeiling',
          'NoDemand',
          'Restoring',
          'Paused',
          'ForecastOnly',
          'Refused',
        ],
        False: [
          'Writing',
          'NothingToWriteTo',
          'ScaledToZero',
          'WriteConflict',
          'WriteRefused',
          'WriteGone',
          'WriteDeferred',
          'WriteFailed',
        ],
      },
    },
  },
  BaselineDiffers: {
    question:
      'Does the HPA have other bounds than the declared baseline, or a workload without one less, while nothing is raised?',
    good: 'False',
    event: 'Warning',
    reasons: { ScalingTarget: { True: ['Different'], False: ['Same', 'Raised', 'NoAutoscaler'] } },
  },
  Contested: {
    question: 'Has somebody undone a raise?',
    good: 'False',
    event: 'Warning',
    reasons: { ScalingTarget: { True: ['PutBack'], False: ['Alone'] } },
  },
  AtCeiling: {
    question: 'Does a limit allow fewer replicas than are needed?',
    good: 'False',
    event: 'Warning',
    reasons: {
      ScalingTarget: {
        True: ['Ceiling', 'PolicyReplicasPerTarget', 'SettingsReplicasPerTarget', 'SharedLimit', 'TotalReplicas'],
        False: ['WithinLimits'],
      },
    },
  },
  SchemaCurrent: {
    question: 'Do the CRDs of the cluster have every field that this version writes?',
    good: 'True',
    event: 'Warning',
    reasons: { ScalingTarget: { True: ['FieldsKept'], False: ['FieldsPruned'] } },
  },
  Paused: {
    question: 'Is a change of bounds forbidden by a pause?',
    good: 'False',
    event: 'None',
    reasons: {
      ScalingTarget: {
        True: ['PausedUp', 'PausedDown', 'PausedBoth', 'PolicyNotAccepted', 'CachesNotFresh'],
        False: ['NotPaused'],
      },
    },
  },
  PromotionReady: {
    question: 'Does what was watched justify mode Apply?',
    good: 'True',
    event: 'None',
    reasons: {
      ScalingTarget: {
        True: ['Promoted', 'Justified'],
        False: ['NotJudged', 'TooFewSales', 'ForecastPoor'],
      },
    },
  },
  ForecastDrift: {
    question: 'Has less demand than promised stayed within P95 of late?',
    good: 'False',
    event: 'Warning',
    reasons: { ScalingTarget: { True: ['CoverageLow'], False: ['Calibrated', 'NotJudged'] } },
  },
} as const satisfies ConditionEntries;
