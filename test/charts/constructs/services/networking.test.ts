import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const files = synthesizeOwnFacts();
const waysOut = (service: string) =>
  parse(files.get(`production/${service}/networkpolicy.${service}.yaml`) ?? '')
    .spec.egress.filter(({ to }: { to?: { ipBlock?: object }[] }) => to?.some(peer => peer.ipBlock !== undefined))
    .map(({ to, ports }: { to: { ipBlock: { cidr: string; except: string[] } }[]; ports: { port: number }[] }) => ({
      cidr: to[0]?.ipBlock.cidr,
      port: ports[0]?.port,
      except: to[0]?.ipBlock.except,
    }));

test.each([
  ['notifications', 587],
  ['monolith', 443],
  ['payments', 443],
])('%s may call what it is said to call outside, on port %i, and no private address', (service, port) => {
  expect(waysOut(service)).toEqual([
    { cidr: '0.0.0.0/0', port, except: expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16']) },
  ]);
});

test('no other service may call anything outside', () => {
  const others = [...files.keys()].flatMap(file => /^production\/(.+)\/networkpolicy\.\1\.yaml$/.exec(file)?.[1] ?? []);
  const open = others.filter(service => waysOut(service).length > 0);
  expect(open).toEqual(['monolith', 'notifications', 'payments']);
});
