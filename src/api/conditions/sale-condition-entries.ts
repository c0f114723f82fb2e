import type { ConditionEntries } from './condition-entry.ts';

/** Types of condition that only a FlashSale has. */
export const saleConditionEntries = {
  Forecasted: {
    question: 'Is the demand of every target that the sale reaches forecast?',
    good: 'True',
    event: 'None',
    reasons: { FlashSale: { True: ['Forecasted'], False: ['NoDemand'], Unknown: ['NotDue'] } },
  },
  Approved: {
    question: 'May the plan of the sale be put in force?',
    good: 'True',
    event: 'Warning',
    reasons: { FlashSale: { True: ['NotRequired', 'Approved'], False: ['AwaitingApproval', 'GuardMissing'] } },
  },
  Prescaled: {
    question: 'Are the floors of the sale in force and their replicas ready?',
    good: 'True',
    event: 'Normal',
    reasons: {
      FlashSale: {
        True: ['Prescaling', 'Running', 'Late'],
        False: ['NotDue', 'Raising', 'Late', 'Paused', 'AwaitingApproval', 'ForecastOnly'],
      },
    },
  },
  Feasible: {
    question: 'Can the sale be given what it needs, as far as is known since it was announced?',
    good: 'True',
    event: 'Warning',
    tellsReasons: true,
    reasons: { FlashSale: { True: ['Go'], False: ['AtRisk', 'NoGo'], Unknown: ['NotDue'] } },
  },
  CapacityReady: {
    question: 'Are enough replicas in force, ready and warm for the sale, from its prescale time on?',
    good: 'True',
    event: 'Warning',
    tellsReasons: true,
    reasons: { FlashSale: { True: ['Go'], False: ['AtRisk', 'NoGo'], Unknown: ['NotDue'] } },
  },
  Completed: {
    question: 'Is the sale over, and its review done?',
    good: 'True',
    event: 'Normal',
    reasons: {
      FlashSale: {
        True: ['Over', 'Cancelled'],
        False: ['Ahead', 'Prescaling', 'Running', 'SoldOut', 'ReviewDue', 'Cancelled'],
      },
    },
  },
} as const satisfies ConditionEntries;
