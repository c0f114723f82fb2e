import { expect, test } from 'vitest';
import { parseInstant } from '../../../src/api/instant.ts';
import type { TargetReview } from '../../../src/api/learned/sale-review.ts';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import type { Observation } from '../../../src/observe/observation.ts';
import type { Occurrence } from '../../../src/plan/accept/occurrence.ts';
import { overNotices } from '../../../src/plan/notices/over-notices.ts';
import { type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';

const now = '2026-11-27T21:15:00Z';

/** What is told of a sale that was over a quarter of an hour ago. */
function toldOf(
  targets: Readonly<Record<string, GivenTarget>>,
  status: object,
  unreadable: Observation['unreadable'] = [],
): Readonly<Record<string, string>> {
  const occurrence = {
    sale: 'drop',
    start: parseInstant('2026-11-27T19:00:00Z'),
    end: parseInstant('2026-11-27T21:00:00Z'),
    reaches: Object.keys(targets),
  } as Partial<Occurrence> as Occurrence;
  const metadata = { name: 'drop-20261127-1900', namespace: 'marketplace', uid: 'uid-1' };
  const record = { metadata, spec: { sale: { name: 'drop' } }, status } as object as SalePlan;
  const told = overNotices(occurrence, record, { ...observationOf({ now, targets }), unreadable });
  return Object.fromEntries(told.map(({ kind, message }) => [kind, message]));
}

/** The report of a sale whose review has these targets. */
function reportOf(targets: Readonly<Record<string, GivenTarget>>, reviews: readonly Partial<TargetReview>[]) {
  const none = { replicaHoursOver: 0, replicaHoursUnder: 0, minutesAtCeiling: 0 };
  const review = {
    reviewedAt: now,
    targets: reviews.map(one => ({ ...none, minutesShort: 0, minutesShortWithoutPrescale: 0, ...one })),
  };
  return toldOf(targets, { review }).Report;
}

const gateway = { target: 'gateway', minutesShort: 1, minutesShortWithoutPrescale: 22, replicaHoursOver: 1.2 };
const all = 'All of it: kubectl get saleplan drop-20261127-1900 -n marketplace -o yaml';
const unsized = { spec: { capacityPerReplica: undefined } };

test('a report tells the target that was short longest and the replicas above what demand needed', () => {
  const short = 'The target that was short longest was so for 1 minute, with the HPA alone 22.';
  expect(reportOf({ gateway: {} }, [gateway])).toBe(
    `${short} Replicas above what demand needed: 1 replica-hour. ${all}`,
  );
  expect(reportOf({ gateway: {}, search: unsized }, [gateway, { target: 'search' }])).toContain(
    'Whether 1 target had too few replicas is not known, because the capacity of a replica is not.',
  );
});

test('a report says nothing of shortages where no capacity is known', () => {
  expect(reportOf({ search: unsized }, [{ target: 'search' }])).toBe(
    `Whether 1 target had too few replicas is not known, because the capacity of a replica is not. ${all}`,
  );
});

test('nothing is back at the baseline while a target of the sale cannot be read and is raised', () => {
  const points = [{ t: '2026-11-27T19:00:00Z', floor: 30, ready: 30 }];
  const status = { timeline: ['gateway', 'search'].map(target => ({ target, points })) };
  const raised = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'search', uid: 'u', minReplicas: 4, maxReplicas: 4 },
  ];
  const search = { kind: 'ScalingTarget', name: 'search', field: 'spec', message: 'is missing' } as const;
  expect(toldOf({ gateway: {} }, status, [search])).toHaveProperty('Restored');
  expect(toldOf({ gateway: {} }, status, [{ ...search, raised }])).not.toHaveProperty('Restored');
});

test('a restore is told only of a sale that raised something', () => {
  const recorded = (floor: number) => ({
    timeline: [{ target: 'gateway', points: [{ t: '2026-11-27T19:00:00Z', floor, ready: floor }] }],
  });
  expect(toldOf({ gateway: {} }, recorded(5)).Restored).toBe('Back at the baseline: 1 target of the sale.');
  // 4 replicas are the baseline.
  expect(toldOf({ gateway: {} }, recorded(4))).not.toHaveProperty('Restored');
  expect(toldOf({ gateway: {} }, {})).not.toHaveProperty('Restored');
});
