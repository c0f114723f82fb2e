import type { FlashSale } from '../../../src/api/flash-sale.ts';
import { formatInstant, parseInstant } from '../../../src/api/instant.ts';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { type ReadObject, readable } from '../../../src/observe/namespace-objects.ts';
import type { PageSource } from '../../../src/web/page-source.ts';
import { pageSourceOf } from './page-shop.ts';

const hourMs = 3_600_000;

/** A page's source of one namespace in which `sales` sales, four hours apart, each reach all of `services` services. */
export function largeShop({ sales, services }: { readonly sales: number; readonly services: number }): PageSource {
  const names = Array.from({ length: services - 1 }, (_, index) => `service-${index + 1}`);
  const calls = names.slice(0, 64).map(target => ({ target, perThousandRequests: 100 }));
  const source = pageSourceOf({
    now: '2026-11-27T19:30:00Z',
    sales: [
      { name: 'sale-1', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
    ],
    targets: {
      gateway: { spec: { entryPoint: true, calls }, forecast: 100 },
      ...Object.fromEntries(
        names.map((name, index) => [
          name,
          {
            forecast: 10,
            // 64 are called by the gateway, and each of them calls two or three more.
            spec: index < 64 ? { calls: callsOf(names, index) } : {},
          },
        ]),
      ),
    },
  });
  const [namespace = ''] = source.namespaces();
  const objects = source.read(namespace);
  const [sale] = readable(objects.sales);
  const [plan] = readable(objects.salePlans);
  if (sale === undefined || plan === undefined) throw new Error('nothing is planned');
  // Every fifth sale is over.
  const shifts = Array.from({ length: sales }, (_, index) => (index % 5 === 4 ? -1 : 1) * index * 4 * hourMs);
  const all = {
    ...objects,
    sales: shifts.map((shift, index): ReadObject<FlashSale> => ({ value: saleAt(sale, index + 1, shift) })),
    salePlans: shifts.map((shift, index): ReadObject<SalePlan> => ({ value: planAt(plan, index + 1, shift) })),
  };
  return { ...source, read: () => all };
}

function callsOf(names: readonly string[], index: number): readonly object[] {
  return names
    .slice(64)
    .filter((_, other) => other % 64 === index)
    .map(target => ({ target, perThousandRequests: 500 }));
}

function saleAt({ metadata, spec, status, ...rest }: FlashSale, number: number, shift: number): FlashSale {
  const startTime = later(spec.startTime, shift);
  return {
    ...rest,
    metadata: { ...metadata, name: `sale-${number}` },
    spec: { ...spec, startTime, endTime: later(spec.endTime, shift) },
    status: { ...status, startTime },
  };
}

function planAt({ metadata, spec, status, ...rest }: SalePlan, number: number, shift: number): SalePlan {
  const { sale } = spec;
  const times = { startTime: later(sale.spec.startTime, shift), endTime: later(sale.spec.endTime, shift) };
  const plan = status?.plan;
  return {
    ...rest,
    metadata: { ...metadata, name: `${metadata.name}${number === 1 ? '' : `-${number}`}` },
    spec: { ...spec, sale: { ...sale, name: `sale-${number}`, spec: { ...sale.spec, ...times } } },
    status: {
      ...status,
      ...(plan === undefined
        ? {}
        : {
            plan: {
              ...plan,
              prescaleTime: later(plan.prescaleTime, shift),
              endTime: later(plan.endTime, shift),
              targets: plan.targets.map(target => ({
                ...target,
                steps: target.steps.map(step => ({ ...step, from: later(step.from, shift) })),
              })),
            },
          }),
    },
  };
}

function later(time: string, shift: number): string {
  return formatInstant(parseInstant(time) + shift);
}
