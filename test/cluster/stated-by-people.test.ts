import { globSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePorts } from './control-plane/free-port.ts';
import { restBounds } from './sale/held-shop.ts';
import { type HeldStage, isRaised, openHeldStage } from './sale/held-stage.ts';
import { limitRange, restored, untilCondition, verdictsOf } from './sale/shop-steps.ts';
import { runHeadstart } from './sale/start-operator.ts';
import { createTeamMember, type TeamMember } from './sale/team-member.ts';
import { applyAll, readManifests } from './support/apply-manifests.ts';
import { until } from './support/kubernetes-client.ts';
import { conditionOf } from './support/kubernetes-object.ts';

const suite = describe.skipIf(Boolean(process.env.KUBECONFIG));
const day = 24 * 3_600_000;

suite('what people state, on a real API server (left out with KUBECONFIG: it needs our own control plane)', () => {
  const names = ['recurring', 'approved', 'limited', 'emergency', 'brief', 'hopeless'] as const;
  let stage: HeldStage;
  let metrics: string;
  let firstDate: number;

  beforeAll(async () => {
    stage = await openHeldStage(names);
    const { client, folder } = stage.cluster;
    const synthesized = globSync(path.join(folder, 'manifests', 'cluster', '**', '*.yaml')).flatMap(readManifests);
    const kinds = ['ClusterRole', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
    const ours = synthesized.filter(
      ({ kind, metadata: { name } }) => kinds.includes(kind) && name.startsWith('headstart-'),
    );
    await applyAll(client, ours, { fieldManager: 'platform' });
    await shop('approved').patch('ScalingPolicy', 'default', { spec: { approval: { aboveExtraReplicas: 4 } } });
    await shop('limited').patch('ScalingPolicy', 'default', { spec: { limits: [{ name: 'pooler', total: 120 }] } });
    await shop('limited').patch('ScalingTarget', 'gateway', { spec: { uses: [{ limit: 'pooler', perReplica: 10 }] } });
    for (const name of ['emergency', 'brief'] as const)
      await shop(name).patch('ScalingTarget', 'gateway', { spec: { ceiling: 60 } });
    const [port] = await findFreePorts(1);
    metrics = `127.0.0.1:${port}`;
    stage.launch('first', metrics);
    await shop('approved').announce(75);
    await shop('limited').announce(75);
    firstDate = await shop('recurring').announce(75, {
      lengthSeconds: 40,
      more: { recurrence: { rule: 'FREQ=DAILY;COUNT=3' } },
    });
  });
  afterAll(() => stage?.stop());

  test('a recurring sale has a SalePlan for each date, and the first is raised', async () => {
    const recurring = shop('recurring');
    await recurring.untilBounds(isRaised);
    const plans = await until(
      'a plan for each date',
      60_000,
      () => recurring.salePlans(),
      found => found.length === 3 && found.every(({ status }) => status?.plan !== undefined),
    );
    const starts = plans.map(({ spec }) => Date.parse((spec as unknown as PlanSpec).sale.occurrence?.startTime ?? ''));
    expect(starts.sort()).toEqual([firstDate, firstDate + day, firstDate + 2 * day]);
    const { Start } = await recurring.row('FlashSale', 'drop');
    expect(Date.parse(String(Start))).toBe(firstDate);
  });

  test('a plan waits for approval, and goes on once an SRE has approved it', async () => {
    const approved = shop('approved');
    await approved.untilBounds(bounds => bounds.startsWith('8..'));
    const waits = await untilCondition(approved, 'Approved', ({ reason }) => reason === 'AwaitingApproval');
    expect(waits.message).toMatch(
      /extra replicas are above aboveExtraReplicas 4.*headstart approve drop-.*gateway 8 of/,
    );
    const merchandiser = await createTeamMember(stage.cluster, 'approved', 'merchandiser');
    const sre = await createTeamMember(stage.cluster, 'approved', 'sre');
    expect(await headstart(merchandiser, ['approve', 'drop', '-n', 'approved'])).not.toBe(0);
    expect((await approved.salePlans()).map(({ spec }) => spec?.approval)).toEqual([undefined]);
    expect(await headstart(sre, ['approve', 'drop', '-n', 'approved'])).toBe(0);
    await approved.untilBounds(isRaised);
    const told = await untilCondition(approved, 'Approved', ({ reason }) => reason === 'Approved');
    expect(told.message).toContain(`Approved by ${sre.user}`);
  });

  test('a shared limit that binds cuts the bounds and is named', async () => {
    const limited = shop('limited');
    const bounds = await limited.untilBounds(seen => seen !== restBounds);
    // A rollout adds a quarter of 9 replicas, rounded up: 12 × 10 of 120.
    expect(bounds).toBe('9..40');
    const target = await until(
      'the limit is told',
      60_000,
      () => limited.read('ScalingTarget'),
      object => conditionOf(object, 'AtCeiling')?.reason === 'SharedLimit',
    );
    expect(conditionOf(target, 'AtCeiling')?.message).toContain('pooler');
    const { message } = await untilCondition(limited, 'Feasible', ({ status }) => status === 'False');
    expect(message).toMatch(/limit pooler of 120 lacks \d+: gateway gets 9 of \d+ replicas; .*would lift it/);
  });

  test('an emergency raises to the ceiling at once, and Baseline puts it back', async () => {
    const emergency = shop('emergency');
    const sre = await createTeamMember(stage.cluster, 'emergency', 'sre');
    const brief = await createTeamMember(stage.cluster, 'brief', 'sre');
    const state = (who: TeamMember, action: string, args: readonly string[]) =>
      headstart(who, ['emergency', action, '--reason', 'the edge lost its cache', ...args]);
    const codes = [
      await state(sre, 'ceiling', ['-n', 'emergency']),
      await state(brief, 'ceiling', ['-n', 'brief', '--target', 'gateway', '--for', '1']),
    ];
    expect(codes).toEqual([0, 0]);
    for (const raised of [emergency, shop('brief')]) {
      await raised.untilBounds(bounds => bounds === '60..60');
      const told = await until(
        'the emergency is told',
        30_000,
        () => raised.read('ScalingTarget'),
        object => conditionOf(object, 'Emergency')?.reason === 'EmergencyCeiling',
      );
      expect(conditionOf(told, 'Emergency')?.message).toContain('the edge lost its cache');
    }
    expect(await state(sre, 'baseline', ['-n', 'emergency'])).toBe(0);
    await restored(emergency);
    const policy = await emergency.read('ScalingPolicy', 'default');
    expect(conditionOf(policy, 'Emergency')).toMatchObject({ status: 'True', reason: 'EmergencyBaseline' });
  });

  test('a sale is NoGo six hours ahead with the cheapest mend, as condition, column, Event and metric', async () => {
    const hopeless = shop('hopeless');
    await until(
      'all pods, which the LimitRange would not admit',
      60_000,
      () => hopeless.read('Deployment'),
      ({ status }) => status?.readyReplicas === 4,
    );
    await hopeless.create(limitRange('hopeless', '50m'));
    await hopeless.announce(6 * 3600);
    const { message } = await untilCondition(hopeless, 'Feasible', ({ reason }) => reason === 'NoGo');
    expect(message).toMatch(/LimitRange small admits no new pod: .* Set its max.cpu to 100m/);
    expect((await hopeless.row('FlashSale', 'drop')).Verdict).toBe('NoGo');
    const events = '/apis/events.k8s.io/v1/namespaces/hopeless/events';
    const warned = await until(
      'the Event',
      60_000,
      async () => (await stage.cluster.client.call('GET', events)).body as { readonly items: readonly EventSeen[] },
      ({ items }) => items.some(event => event.reason === 'NoGo'),
    );
    expect(warned.items.find(event => event.reason === 'NoGo')).toMatchObject({
      type: 'Warning',
      regarding: { kind: 'FlashSale', name: 'drop' },
      note: expect.stringContaining('Set its max.cpu to 100m'),
    });
    expect(await verdictsOf('hopeless', metrics)).toEqual(['NoGo']);
    await hopeless.delete('LimitRange', 'small');
    await untilCondition(hopeless, 'Feasible', ({ status }) => status === 'True');
    await until(
      'the metric',
      60_000,
      () => verdictsOf('hopeless', metrics),
      found => found.join() === 'NotDue',
    );
  });

  test('an emergency ends at its time', async () => {
    await restored(shop('brief'));
    expect(conditionOf(await shop('brief').read('ScalingTarget'), 'Emergency')?.message).toMatch(/is over since/);
  });

  test('a recurring sale is restored after its date, and shows the next one in status and column', async () => {
    const recurring = shop('recurring');
    await restored(recurring);
    const sale = await until(
      'the next date',
      60_000,
      () => recurring.read('FlashSale', 'drop'),
      ({ status }) => Date.parse(String(status?.startTime)) === firstDate + day,
    );
    expect((await recurring.row('FlashSale', 'drop')).Start).toBe(sale.status?.startTime);
  });

  const shop = (name: (typeof names)[number]) => stage.shop(name);

  async function headstart({ kubeconfig }: TeamMember, args: readonly string[]): Promise<number | null> {
    return (await runHeadstart(stage.cluster.folder, kubeconfig, args)).code;
  }
});

interface PlanSpec {
  readonly sale: { readonly occurrence?: { readonly startTime: string } };
}

interface EventSeen {
  readonly reason: string;
}
