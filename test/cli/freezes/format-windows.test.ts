import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatWindows } from '../../../src/cli/freezes/format-windows.ts';

const at = (time: string) => Date.parse(`2026-11-${time}Z`);
const namespaces = [
  {
    namespace: 'shop',
    freezes: [
      { start: at('27T19:00:30'), end: at('27T23:00:10'), sales: ['drop', 'night'] },
      { start: at('29T19:00:00'), end: at('30T19:00:00'), sales: ['cyber'] },
    ],
  },
];
const now = at('27T20:00:00');

test('windows are a table for people', () => {
  expect(formatWindows(namespaces, 'table', now)).toBe(
    [
      'NAMESPACE  FROM                  TO                    OPEN  SALES',
      'shop       2026-11-27T19:00:30Z  2026-11-27T23:00:10Z  yes   drop, night',
      'shop       2026-11-29T19:00:00Z  2026-11-30T19:00:00Z  no    cyber',
      '',
    ].join('\n'),
  );
  expect(formatWindows([], 'table', now)).toBe('no freeze window is open or in view\n');
});

test('windows are JSON for programs', () => {
  expect(JSON.parse(formatWindows(namespaces, 'json', now)).windows[1]).toEqual({
    namespace: 'shop',
    start: '2026-11-29T19:00:00Z',
    end: '2026-11-30T19:00:00Z',
    open: false,
    sales: ['cyber'],
  });
});

test('windows are a patch of an AppProject, in whole minutes that cover them', () => {
  const common = { kind: 'deny', timeZone: 'UTC', namespaces: ['shop'], manualSync: false };
  expect(parse(formatWindows(namespaces, 'argocd', now))).toEqual({
    spec: {
      syncWindows: [
        { ...common, schedule: '0 19 27 11 *', duration: '241m' },
        { ...common, schedule: '0 19 29 11 *', duration: '1440m' },
      ],
    },
  });
  expect(parse(formatWindows([], 'argocd', now))).toEqual({ spec: { syncWindows: [] } });
});
