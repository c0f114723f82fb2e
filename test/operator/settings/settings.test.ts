import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseSettings, readSettings } from '../../../src/operator/settings/settings.ts';

describe('settings', () => {
  test('have a default for everything', () => {
    expect(parseSettings(undefined)).toMatchObject({
      tickSeconds: 15,
      surgeRoomPercent: 50,
      writesPerSecond: 20,
      watchNamespaces: [],
      salePlans: { keep: 50, days: 400 },
      leaderElection: { enabled: true, name: 'headstart' },
      logLevel: 'info',
    });
  });

  test('take an address with arguments of its own', () => {
    const url = 'http://vmselect:8481/select/0/prometheus?deny_partial_response=1';
    expect(parseSettings({ sources: { shop: { type: 'prometheus', url } } }).sources.shop).toMatchObject({ url });
  });

  test('keep what is stated beside defaults in the same block', () => {
    expect(parseSettings({ caps: { replicasPerTarget: 7 } }).caps).toEqual({
      replicasPerTarget: 7,
      replicasPerNamespace: 10_000,
    });
  });

  test.each([
    ['an unknown key', { tickSecond: 15 }, 'tickSecond'],
    ['an unknown key in a block', { caps: { replicas: 5 } }, 'replicas'],
    ['a number that is none', { tickSeconds: 'soon' }, 'tickSeconds'],
    ['a number out of bounds', { writesPerSecond: 0 }, 'writesPerSecond'],
    [
      'a source whose kind is misspelt',
      { sources: { shop: { type: 'prometeus', url: 'http://x' } } },
      'sources.shop.type: must be one of prometheus, datadog, got "prometeus"; did you mean prometheus?',
    ],
    ['an unknown kind of source', { sources: { shop: { type: 'graphite', url: 'http://x' } } }, 'sources.shop.type'],
    ['a source without address', { sources: { shop: { type: 'prometheus' } } }, 'sources.shop.url'],
    ['a file address', { sources: { shop: { type: 'prometheus', url: 'file:///etc/passwd' } } }, 'sources.shop.url'],
    ['a secret as value', { sources: { shop: { type: 'prometheus', url: 'http://x', token: 'abc' } } }, 'token'],
    [
      'a password in an address',
      { sources: { shop: { type: 'prometheus', url: 'http://me:pw@x' } } },
      'tokenFile instead',
    ],
    [
      'an argument that each question has',
      { sources: { shop: { type: 'prometheus', url: 'http://x?query=up' } } },
      'must not have the argument query',
    ],
    [
      'a fragment in an address',
      { sources: { shop: { type: 'prometheus', url: 'http://x/#/graph' } } },
      'must not have a fragment',
    ],
    [
      'arguments in the address of Datadog',
      {
        sources: {
          shop: { type: 'datadog', url: 'https://x?a=1', apiKeyFile: '/a', applicationKeyFile: '/b' },
        },
      },
      'must not have arguments',
    ],
    ['the page, which comes later', { listen: { page: ':8082' } }, 'listen.page'],
    ['an address without port', { listen: { health: 'localhost' } }, 'listen.health'],
    ['a list instead of an object', [], 'settings'],
  ])('refuse %s by name', (_title, value, named) => {
    expect(() => parseSettings(value)).toThrow(named);
  });

  test('come from a YAML file, whose name is in the complaint', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'headstart-settings-'));
    const file = path.join(folder, 'settings.yaml');
    try {
      await writeFile(
        file,
        'tickSeconds: 5\nsources:\n  prometheus: { type: prometheus, url: "http://prometheus:9090" }\n',
      );
      expect((await readSettings(file)).tickSeconds).toBe(5);
      await writeFile(file, 'tickSeconds: [');
      await expect(readSettings(file)).rejects.toMatchObject({
        code: 'HEADSTART_SETTINGS',
        message: expect.stringContaining(file),
      });
      await expect(readSettings(path.join(folder, 'absent.yaml'))).rejects.toMatchObject({
        code: 'HEADSTART_SETTINGS',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
