import { expect } from 'vitest';
import { openServer } from '../../../src/kube/http/credentials.ts';
import { openTransport, type TransportOptions } from '../../../src/kube/http/http-transport.ts';
import { Resource } from '../../../src/kube/resources/resource.ts';
import { flashSales } from '../../../src/kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../../../src/kube/resources/wire.ts';
import { realTiming, type Timing } from '../../../src/kube/timing.ts';
import type { Change } from '../../../src/kube/watch/object-cache.ts';
import { Reflector } from '../../../src/kube/watch/reflector.ts';
import type { ReflectorOptions } from '../../../src/kube/watch/reflector-options.ts';
import { json, type Script, type ScriptedServer, scriptedServer } from '../scripted-server.ts';

/** Back-off costs the tests nothing; deadlines stay real. */
export const impatient: Timing = { ...realTiming, sleep: (_, signal) => realTiming.sleep(1, signal) };

export const sale = (name: string, resourceVersion: number, uid = `uid-${name}`) => ({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'FlashSale',
  metadata: { namespace: 'shop', name, uid, resourceVersion: String(resourceVersion) },
});
export const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
export const bookmark = (resourceVersion: number, annotations = {}) =>
  event('BOOKMARK', { kind: 'FlashSale', metadata: { resourceVersion: String(resourceVersion), annotations } });
export const endOfInitial = (resourceVersion: number) =>
  bookmark(resourceVersion, { 'k8s.io/initial-events-end': 'true' });

/** A watch that says these lines and ends in order. */
export const watch = (...lines: readonly string[]): Script => {
  return (_, response) => response.writeHead(200).end(lines.join(''));
};
/** A watch that says these lines and stays open. */
export const openWatch = (...lines: readonly string[]): Script => {
  return (_, response) => response.writeHead(200).write(lines.join('') || '\n');
};
export const list = (resourceVersion: number, ...items: readonly object[]) =>
  json(200, { items, metadata: { resourceVersion: String(resourceVersion) } });

export interface Following extends ScriptedServer {
  readonly reflector: Reflector<UnparsedObject, string>;
  /** "Added a@1" … */
  readonly changes: readonly string[];
}

/** Catches up at the first list; holds once that is done. */
export function catchUpOnce(): (following: Following) => boolean {
  let state: 'Waiting' | 'Asked' | 'Done' = 'Waiting';
  return ({ reflector }) => {
    if (reflector.synced && state === 'Waiting') {
      state = 'Asked';
      void reflector.catchUp().then(() => {
        state = 'Done';
      });
    }
    return state === 'Done';
  };
}

/** Lets a reflector follow a scripted server until `done` holds for what it knows. */
export async function follow(
  scripts: readonly Script[],
  done: (following: Following) => boolean,
  options: Partial<ReflectorOptions<UnparsedObject, string>> & { readonly transport?: TransportOptions } = {},
): Promise<Following> {
  await using server = await scriptedServer(...scripts);
  const transport = openTransport(openServer(server.url), options.transport);
  const changes: string[] = [];
  const reflector = new Reflector<UnparsedObject, string>({
    resource: new Resource(transport, flashSales),
    project: object => `${object.metadata?.name}@${object.metadata?.resourceVersion}`,
    onChange: (change: Change<string>) => changes.push(`${change.type} ${change.value}`),
    timing: impatient,
    watchSeconds: 1,
    ...options,
  });
  const following = { ...server, reflector, changes };
  const stop = new AbortController();
  const running = reflector.run(stop.signal);
  await expect.poll(() => done(following), { interval: 5 }).toBe(true);
  stop.abort();
  await running;
  transport.close();
  return following;
}

export const watchesAsked = (following: Following) =>
  following.asked.filter(asked => asked.query.get('watch') === 'true').map(asked => asked.query.get('resourceVersion'));

/** Ends the connection after these lines, in the middle of the answer. */
export const cutWatch = (...lines: readonly string[]): Script => {
  return (_, response) => {
    response.writeHead(200).write(lines.join(''));
    setTimeout(() => response.destroy(), 5);
  };
};
