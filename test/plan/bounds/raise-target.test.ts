import { describe, expect, test } from 'vitest';
import { applyPlanned, planOf } from '../../support/shop/apply-planned.ts';
import type { Given } from '../../support/shop/planned-namespace.ts';

/** A sale whose law asks for 29 replicas. */
function saleOver(hpa: { readonly minReplicas: number; readonly maxReplicas: number }): Given {
  return {
    now: '2026-11-27T19:10:00Z',
    sales: [
      {
        name: 'drop',
        startTime: '2026-11-27T20:00:00+01:00',
        endTime: '2026-11-27T22:00:00+01:00',
        timeZone: 'Europe/Berlin',
        expectedPeakPercent: 800,
      },
    ],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true }, hpa } },
  };
}

const decide = (given: Given) => planOf(given).plan.targets[0];

describe('a raise', () => {
  test("leaves somebody's higher minimum alone, at every look", () => {
    let given = saleOver({ minReplicas: 60, maxReplicas: 60 });
    for (let look = 0; look < 3; look += 1) {
      expect(decide(given)).toMatchObject({ bounds: { minReplicas: 60, maxReplicas: 60 }, floor: 29 });
      given = applyPlanned(given, planOf(given).plan);
    }
  });

  test("lowers nothing of somebody's 300..300 under a ceiling of 240, at every look", () => {
    let given = saleOver({ minReplicas: 300, maxReplicas: 300 });
    for (let look = 0; look < 3; look += 1) {
      expect(decide(given)?.bounds).toEqual({ minReplicas: 300, maxReplicas: 300 });
      given = applyPlanned(given, planOf(given).plan);
    }
  });

  test('takes over where the higher minimum is given up', () => {
    const given = saleOver({ minReplicas: 60, maxReplicas: 60 });
    const { gateway } = applyPlanned(given, planOf(given).plan).targets;
    const lowered = {
      ...given,
      targets: { gateway: { ...gateway, hpa: { ...gatewayHpa(gateway), minReplicas: 10 } } },
    };
    expect(decide(lowered)).toMatchObject({ bounds: { minReplicas: 29 }, floor: 29 });
  });

  test('keeps its own minimum its own while lowering is paused', () => {
    const raised = { ...saleOver({ minReplicas: 40, maxReplicas: 60 }), policy: { paused: 'Down' } };
    const { gateway } = raised.targets;
    const given = { ...raised, targets: { gateway: { ...gateway, hpa: { ...gatewayHpa(gateway), floor: 40 } } } };
    expect(decide(given)).toMatchObject({ bounds: { minReplicas: 40 }, floor: 40 });
  });
});

function gatewayHpa(gateway: Given['targets'][string] | undefined) {
  const hpa = gateway?.hpa;
  return hpa === undefined || hpa === 'none' ? {} : hpa;
}
