import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pause } from '../../../src/cli/changes/pause.ts';
import { ApiError } from '../../../src/kube/api-error.ts';
import type { Connection } from '../../../src/kube/connect.ts';
import { scalingTargets } from '../../../src/kube/resources/resource-kind.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { openShop, type Shop, service, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

const namespace = 'marketplace';
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ start: Date.parse('2026-11-27T19:00:00Z'), demand: shopDemand([]), policy: 'None' });
  await shop.create(...service('gateway'));
});
afterAll(() => shop.close());

const run = (...args: readonly string[]) => runHere(...args, '--server', shop.connection.server, '-n', namespace);
const pausedOf = (resource: string, name: string) =>
  /"paused":"(\w+)"/.exec(JSON.stringify(shop.find(resource, name)))?.[1];

describe('headstart pause and resume', () => {
  test('make the policy of the namespace where there is none, and print what kubectl would', async () => {
    expect((await run('resume')).stdout).toBe('namespace marketplace is not paused\n');
    expect((await run('pause', '--dry-run=client')).stdout).toBe(
      'scalingpolicy.headstart.dev/default paused (client dry run)\n',
    );
    expect((await run('pause', '--dry-run')).stdout).toBe(
      'scalingpolicy.headstart.dev/default paused (server dry run)\n',
    );
    expect(JSON.parse((await run('pause', '--dry-run=client', '-o', 'json')).stdout)).toEqual({
      apiVersion: 'headstart.dev/v1alpha1',
      kind: 'ScalingPolicy',
      metadata: { name: 'default', namespace },
      spec: { paused: 'Both' },
    });
    expect(shop.find(stored.policies, 'default')).toBeUndefined();
    expect(await run('pause')).toMatchObject({ code: 0, stdout: 'scalingpolicy.headstart.dev/default paused\n' });
    expect(pausedOf(stored.policies, 'default')).toBe('Both');
    expect((await run('resume')).stdout).toBe('scalingpolicy.headstart.dev/default resumed\n');
    expect(pausedOf(stored.policies, 'default')).toBe('None');
  });

  test('set one direction of one target', async () => {
    const { stdout } = await run('pause', 'gateway', '--only', 'down', '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'ScalingTarget', spec: { paused: 'Down' } });
    expect(pausedOf(stored.targets, 'gateway')).toBe('Down');
    expect((await run('resume', 'gateway', '-o', 'name')).stdout).toBe('scalingtarget.headstart.dev/gateway\n');
    expect(pausedOf(stored.targets, 'gateway')).toBe('None');
    expect((await run('pause', 'nobody')).code).toBe(1);
  });

  test('a resume tells what stays paused elsewhere, and what is not paused', async () => {
    await run('pause');
    await run('pause', 'gateway');
    expect(await run('resume', 'gateway')).toMatchObject({
      stdout: 'scalingtarget.headstart.dev/gateway resumed\n',
      stderr: `headstart: the whole namespace ${namespace} is paused still, gateway with it: headstart resume -n ${namespace} ends it\n`,
    });
    await run('pause', 'gateway', '--only', 'up');
    expect(await run('resume')).toMatchObject({
      stdout: 'scalingpolicy.headstart.dev/default resumed\n',
      stderr: `headstart: gateway is paused still, by itself: headstart resume gateway -n ${namespace} ends it\n`,
    });
    await run('resume', 'gateway');
    expect(await run('resume', 'gateway')).toMatchObject({
      stdout: 'scalingtarget.headstart.dev/gateway not paused\n',
      stderr: '',
    });
  });

  test('end a pause also for who may not look at what else is paused', async () => {
    await run('pause', 'gateway');
    const forbidden = new ApiError(403, {}, 'GET scalingpolicies');
    const limited: Connection = {
      ...shop.connection,
      resource: kind =>
        kind.kind === 'ScalingPolicy'
          ? ({ list: () => Promise.reject(forbidden) } as never)
          : shop.connection.resource(kind),
    };
    const asked = { target: 'gateway', namespace, paused: 'None', canForce: false } as const;
    expect(await pause(limited, asked, {})).toBe('scalingtarget.headstart.dev/gateway resumed\n');
  });

  test('refuse a field that Flux keeps, unless a pause is forced', async () => {
    const targets = shop.connection.resource(scalingTargets);
    await targets.merge(
      { name: 'gateway', namespace },
      { spec: { paused: 'Up' } },
      { fieldManager: 'kustomize-controller' },
    );
    const refused = await run('pause', 'gateway');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('spec.paused is kept in Git by Flux (kustomize-controller)');
    expect(refused.stderr).toContain('\n  spec:\n    paused: Both\n');
    const asked = { target: 'gateway', namespace, paused: 'None', canForce: false } as const;
    await expect(pause(shop.connection, asked, {})).rejects.toThrow('kept in Git by Flux');
    expect(pausedOf(stored.targets, 'gateway')).toBe('Up');
    expect((await run('pause', 'gateway', '--force')).code).toBe(0);
    expect(pausedOf(stored.targets, 'gateway')).toBe('Both');
  });
});
