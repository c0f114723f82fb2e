import { describe, expect, test } from 'vitest';
import { effectiveMode, strictestPause } from '../../../src/plan/accept/effective-mode.ts';

describe('effectiveMode', () => {
  test.each([
    ['Apply', 'Apply', 'Apply', 'Apply', undefined],
    ['Apply', 'Apply', undefined, 'Apply', undefined],
    ['ForecastOnly', 'Apply', 'Apply', 'ForecastOnly', 'policy'],
    ['Apply', 'ForecastOnly', 'Apply', 'ForecastOnly', 'target'],
    ['Apply', 'Apply', 'ForecastOnly', 'ForecastOnly', 'sale'],
    ['ForecastOnly', 'ForecastOnly', 'ForecastOnly', 'ForecastOnly', 'policy'],
  ] as const)('policy %s, target %s and sale %s make %s, decided by %s', (policy, target, sale, mode, decidedBy) => {
    const says = [
      { by: 'policy', mode: policy },
      { by: 'target', mode: target },
      { by: 'sale', mode: sale },
    ] as const;
    expect(effectiveMode(says)).toEqual({ mode, ...(decidedBy === undefined ? {} : { decidedBy }) });
  });

  test.each([
    ['None', 'None', 'None'],
    ['None', 'Up', 'Up'],
    ['Up', 'None', 'Up'],
    ['Up', 'Up', 'Up'],
    ['Up', 'Down', 'Both'],
    ['Down', 'Up', 'Both'],
    ['Both', 'None', 'Both'],
    ['Down', 'Both', 'Both'],
  ] as const)('pauses %s and %s together are %s', (one, other, both) => {
    expect(strictestPause(one, other)).toBe(both);
  });
});
