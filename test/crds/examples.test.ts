import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments, parseDocument } from 'yaml';
import { z } from 'zod';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { parseScalingPolicy } from '../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { datesWithin } from '../../src/recurrence/list-dates.ts';
import { isRecurring } from '../../src/recurrence/series-dates.ts';
import { scalingPolicy, scalingTarget } from '../support/shop/kinds.ts';

const objects = globSync('crds/examples/**/*.yaml')
  .sort()
  .flatMap(file =>
    parseAllDocuments(readFileSync(file, 'utf8')).map(document => [file, readObject(document)] as const),
  );
const parsers = { FlashSale: parseFlashSale, ScalingTarget: parseScalingTarget, ScalingPolicy: parseScalingPolicy };

describe('docs/merchandiser.md', () => {
  const examples = [...readFileSync('docs/merchandiser.md', 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)];

  test.each(examples.map(([, text = '']) => [readObject(parseDocument(text)).metadata.name, text]))(
    'has an example of %s that is a FlashSale',
    (_name, text) => {
      expect(() => parseFlashSale(readObject(parseDocument(text)))).not.toThrow();
    },
  );

  test.each(rulesIn(readFileSync('docs/merchandiser.md', 'utf8')))('has the rule %s, which gives dates', rule => {
    const times = { startTime: '2026-11-02T12:00:00+01:00', endTime: '2026-11-02T13:00:00+01:00' };
    const { spec } = parseFlashSale({
      apiVersion: 'headstart.dev/v1alpha1',
      kind: 'FlashSale',
      metadata: { name: 'a' },
      spec: { ...times, timeZone: 'Europe/Berlin', recurrence: { rule } },
    });
    const [from, until] = [Date.UTC(2026, 10, 3), Date.UTC(2028, 0, 1)];
    const starts = isRecurring(spec) ? datesWithin(spec, from, until).starts : [];
    expect(starts.length).toBeGreaterThan(0);
  });
});

describe('crds/examples', () => {
  test.each(ours())('%s %s is what its kind asks for', (_file, _title, object) => {
    expect(() => parsers[object.kind](object)).not.toThrow();
  });

  test("the SRE's page shows the approval of the policy", () => {
    const [, block = ''] =
      /```yaml\n# crds\/examples\/scaling-policy.yaml\n([^`]*)```/.exec(readFileSync('docs/sre.md', 'utf8')) ?? [];
    const policies = ours().filter(([, , { kind }]) => kind === 'ScalingPolicy');
    expect(policies.map(([, , object]) => object.spec)).toEqual([expect.objectContaining(parse(block))]);
  });

  test("the SRE's page shows an emergency that policies and targets take", () => {
    const [, block = ''] =
      /```yaml\n# spec of the ScalingPolicy[^\n]*\n([^`]*)```/.exec(readFileSync('docs/sre.md', 'utf8')) ?? [];
    const { emergency } = parse(block, { schema: 'failsafe' });
    const [policy, target] = [
      parseScalingPolicy(scalingPolicy({ emergency })),
      parseScalingTarget(scalingTarget({ emergency })),
    ];
    expect([policy.spec.emergency, target.spec.emergency]).toEqual([emergency, emergency]);
    expect(emergency).toMatchObject({ action: 'Ceiling' });
  });

  test('the marketplace has six services, each a Deployment, an HPA and a ScalingTarget of one name', () => {
    const marketplace = objects.filter(([file]) => file.includes('/marketplace/'));
    const services = ['checkout', 'gateway', 'inventory', 'payments', 'search', 'storefront'];
    expect(marketplace.map(([, { kind, metadata }]) => `${kind} ${metadata.name}`)).toEqual(
      services.flatMap(name => [`Deployment ${name}`, `HorizontalPodAutoscaler ${name}`, `ScalingTarget ${name}`]),
    );
  });

  test("each HPA stands at its target's baseline, so nothing differs before the first sale", () => {
    for (const target of targets()) {
      const autoscaler = objects.find(
        ([, { kind, metadata }]) => kind === 'HorizontalPodAutoscaler' && metadata.name === target.metadata.name,
      );
      expect(autoscaler?.[1].spec).toMatchObject(target.spec.baseline);
    }
  });

  test('the call graph is closed', () => {
    const names = targets().map(target => target.metadata.name);
    const called = targets().flatMap(target => target.spec.calls.map(call => call.target));
    expect(called.filter(name => !names.includes(name))).toEqual([]);
  });
});

function rulesIn(page: string): readonly string[] {
  return [...page.matchAll(/`(FREQ=[^`]+)`/g)].map(([, rule = '']) => rule);
}

const ourKind = z.enum(['FlashSale', 'ScalingTarget', 'ScalingPolicy']);

function readObject(document: { toJS(): unknown }) {
  return z
    .looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }), spec: z.unknown() })
    .parse(document.toJS());
}

function ours() {
  return objects.flatMap(([file, object]) => {
    const kind = ourKind.safeParse(object.kind);
    return kind.success
      ? [[file, `${object.kind} ${object.metadata.name}`, { ...object, kind: kind.data }] as const]
      : [];
  });
}

function targets() {
  return ours().flatMap(([, , object]) => (object.kind === 'ScalingTarget' ? [parseScalingTarget(object)] : []));
}
