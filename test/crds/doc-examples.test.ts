import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { describeLeadTime } from '../../src/learn/lead-time/describe-lead-time.ts';
import { leadTimeEvidence } from '../../src/learn/lead-time/measured-lead-time.ts';
import { createChannels } from '../../src/operator/notify/create-channels.ts';
import { limitsOf } from '../../src/operator/settings/limits.ts';
import { parseSettings } from '../../src/operator/settings/settings.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';
import { planOf } from '../support/shop/apply-planned.ts';

const pages = ['docs/merchandiser.md', 'docs/sre.md'] as const;

/** The YAML blocks of a page that hold objects of our kinds. */
function examplesOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)]
    .map(([, text = '']) => text)
    .filter(text => text.includes('apiVersion: headstart.dev/'));
}

/** The one block of a page that has these words. */
function exampleOf(page: string, words: string): string {
  const found = examplesOf(page).filter(text => text.includes(words));
  if (found.length !== 1) throw new Error(`${page} has ${found.length} examples with "${words}"`);
  return found[0] ?? '';
}

describe('every example of our kinds', () => {
  const rows = pages.flatMap(page => examplesOf(page).map(text => [page, text] as const));
  test.each(rows)('in %s is what the schemas ask for', (_page, text) => {
    const { findings } = validateManifests(new Map([['example.yaml', text]]));
    expect(findings.filter(({ code }) => code === 'schema' || code === 'yaml')).toEqual([]);
  });
});

test('the shared limit of docs/sre.md binds in the words that the page quotes', () => {
  const [policy, target] = parseAllDocuments(exampleOf('docs/sre.md', 'limits:')).map(document => document.toJS());
  const { plan } = planOf({
    now: '2026-11-27T18:59:00Z',
    policy: policy.spec,
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: { orders: { forecast: 48, workload: { maxSurge: '25%' }, spec: target.spec } },
  });
  const [risk = ''] = plan.sales.flatMap(({ risks }) => risks).filter(text => text.startsWith('limit '));
  expect(risk).not.toBe('');
  expect(readFileSync('docs/sre.md', 'utf8').split(`\`${risk}\``)).toHaveLength(2);
});

test('a sale that is sold out says so in the words that docs/merchandiser.md quotes', () => {
  const [policy] = parseAllDocuments(exampleOf('docs/sre.md', 'stockSource:')).map(document => document.toJS());
  const { plan } = planOf({
    now: '2026-11-27T19:06:00Z',
    policy: policy.spec,
    stock: { drop: [500, 200, 40, 0, 0, 0] },
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
    targets: { gateway: { spec: { entryPoint: true } } },
  });
  const completed = plan.sales[0]?.conditions.find(({ type }) => type === 'Completed');
  expect(completed).toMatchObject({ reason: 'SoldOut' });
  expect(readFileSync('docs/merchandiser.md', 'utf8').split(completed?.message ?? '?')).toHaveLength(2);
});

test('the lead time of docs/sre.md is described in the words that the page quotes, and a sale is raised by it', () => {
  const [object] = parseAllDocuments(exampleOf('docs/sre.md', 'scaleUps:')).map(document => document.toJS());
  const told = describeLeadTime(leadTimeEvidence(parseScalingTarget(object)));
  expect(readFileSync('docs/sre.md', 'utf8').split(`\`${told}\``)).toHaveLength(2);
  const raisedAt = (status: Readonly<Record<string, unknown>>) =>
    planOf({
      now: '2026-11-27T12:00:00Z',
      sales: [
        { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
      ],
      targets: { checkout: { forecast: 200, spec: { ...object.spec, entryPoint: true, mode: 'Apply' }, status } },
    }).plan.sales[0]?.prescaleTime ?? 0;
  expect(raisedAt({}) - raisedAt(object.status)).toBeGreaterThan(100_000);
});

test('the freeze of docs/sre.md opens the window whose start its break-glass command names', () => {
  const [policy] = parseAllDocuments(exampleOf('docs/sre.md', 'freeze:')).map(document => document.toJS());
  const { plan } = planOf({
    now: '2026-11-27T18:00:00Z',
    policy: policy.spec,
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
    targets: { gateway: { spec: { entryPoint: true } } },
  });
  const [since = 0] = plan.freezes?.map(({ start }) => start) ?? [];
  const command = `headstart.dev/break-glass="${new Date(since).toISOString().replace('.000', '')} checkout is down"`;
  expect(readFileSync('docs/sre.md', 'utf8').split(command)).toHaveLength(2);
  const frozen = plan.others.flatMap(({ conditions }) => conditions).find(({ type }) => type === 'Frozen');
  expect(frozen).toMatchObject({ status: 'True' });
});

describe('the target of docs/sre.md that starts slowly', () => {
  const [target] = parseAllDocuments(exampleOf('docs/sre.md', 'rampUp:')).map(document => document.toJS());
  const page = readFileSync('docs/sre.md', 'utf8');
  const planAt = (now: string, more: object) =>
    planOf({
      now,
      sales: [
        { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
      ],
      targets: { ledger: { forecast: 30, spec: target.spec, ...more } },
    }).plan;

  test('climbs in the words that the page quotes', () => {
    const steps = planAt('2026-11-27T18:50:20Z', {}).targets.flatMap(({ because }) => because);
    const [step] = steps.filter(({ rule }) => rule === 'rampUp');
    expect(page.split(`\`${step?.message}\``), step?.message).toHaveLength(2);
  });

  test('warms up in the words that the page quotes', () => {
    const raised = {
      hpa: { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 },
      pods: { ready: { 600: 4, 10: 25 } },
    };
    const { sales } = planAt('2026-11-27T18:58:00Z', raised);
    const [ready] = sales.flatMap(({ conditions }) => conditions).filter(({ type }) => type === 'CapacityReady');
    expect(page.split(`\`${ready?.message}\``), ready?.message).toHaveLength(2);
  });
});

test('the capacity of docs/sre.md is contradicted in the words that the page quotes', () => {
  const [object] = parseAllDocuments(exampleOf('docs/sre.md', 'capacityHours:')).map(document => document.toJS());
  const { plan } = planOf({
    now: '2026-11-27T12:00:00Z',
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: {
      search: { forecast: 200, spec: { ...object.spec, entryPoint: true, mode: 'Apply' }, status: object.status },
    },
  });
  const [risk = ''] = plan.sales.flatMap(({ risks }) => risks).filter(text => text.includes('are stated'));
  expect(risk).not.toBe('');
  expect(readFileSync('docs/sre.md', 'utf8').split(`\`${risk}\``)).toHaveLength(2);
});

test('the channel that the policy of docs/sre.md names is in the settings of the page, beside others', () => {
  const [policy] = parseAllDocuments(exampleOf('docs/sre.md', 'notify:')).map(document => document.toJS());
  const page = readFileSync('docs/sre.md', 'utf8').split('## Who is told\n')[1] ?? '';
  const settings = parseSettings(parse(/```yaml\n([^`]*)```/.exec(page)?.[1] ?? ''));
  const { plan } = planOf({
    now: '2026-11-20T12:00:00Z',
    policy: policy.spec,
    limits: limitsOf(settings),
    targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  });
  const told = plan.others.flatMap(({ conditions }) => conditions).find(({ type }) => type === 'Accepted');
  expect(told?.message).toBe('The policy is in force.');
  const types = [...createChannels(settings.channels, settings.sources).values()].map(({ type }) => type);
  expect(types.sort()).toEqual(['cloudevents', 'datadog', 'slack']);
});
