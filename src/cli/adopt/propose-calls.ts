import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { type MetricSource, MetricSourceError } from '../../observe/metrics/metric-source.ts';

/** The calls of a target as its spec states them. */
export type ProposedCalls = ScalingTargetSpec['calls'];

/** A workload whose calls are looked for, with its demand. */
export interface Caller {
  readonly name: string;
  /** `Deployment`, `StatefulSet`. */
  readonly kind: string;
  /** Mean requests per second. */
  readonly rate: number;
}

/** What the calls of a namespace are read from. */
export interface CallsIn {
  readonly source: MetricSource;
  readonly namespace: string;
  /** Epoch ms. */
  readonly now: number;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  /** Calls per second. */
  readonly rate: number;
  readonly perThousandRequests: number;
}

const dayMs = 86_400_000;
const stepSeconds = 60;
/** The most that a ScalingTarget states. */
const most = { calls: 64, perThousandRequests: 10_000_000 };

/**
 * Proposes whom each workload calls, and how often, as a mesh counted it over the last day: Istio or Linkerd in a
 * Prometheus. Of calls that go in a circle, which no plan can follow, the rarest are left out. Empty where there is no mesh.
 *
 * @throws MetricSourceError when the source cannot be asked
 */
export async function proposeCalls(
  callers: readonly Caller[],
  given: CallsIn,
): Promise<ReadonlyMap<string, ProposedCalls>> {
  if (given.source.type === 'datadog') return new Map();
  const edges: Edge[] = [];
  for (const caller of callers) edges.push(...(await edgesOf(caller, callers, given)));
  const kept: Edge[] = [];
  for (const edge of edges.toSorted((a, b) => b.rate - a.rate)) if (!reaches(kept, edge.to, edge.from)) kept.push(edge);
  return new Map(
    [...Map.groupBy(kept, ({ from }) => from)].map(([from, own]) => [
      from,
      own.slice(0, most.calls).map(({ to, perThousandRequests }) => ({ target: to, perThousandRequests })),
    ]),
  );
}

async function edgesOf(caller: Caller, all: readonly Caller[], given: CallsIn): Promise<readonly Edge[]> {
  for (const outbound of meshes) {
    if ((await meanRate(outbound(caller, undefined, given.namespace), given)) === undefined) continue;
    const edges: Edge[] = [];
    for (const callee of all.filter(({ name }) => name !== caller.name)) {
      const rate = (await meanRate(outbound(caller, callee, given.namespace), given)) ?? 0;
      const perThousandRequests = Math.min(Math.round((1000 * rate) / caller.rate), most.perThousandRequests);
      if (perThousandRequests > 0) edges.push({ from: caller.name, to: callee.name, rate, perThousandRequests });
    }
    return edges;
  }
  return [];
}

/** The requests of a caller to one workload of its namespace, or to any, by the names that a mesh gives them. */
const meshes: readonly ((caller: Caller, callee: Caller | undefined, namespace: string) => string)[] = [
  ...['destination', 'waypoint'].map(
    reporter => (caller: Caller, callee: Caller | undefined, namespace: string) =>
      `istio_requests_total{reporter="${reporter}",source_workload_namespace="${namespace}",source_workload="${caller.name}",destination_workload_namespace="${namespace}"${callee === undefined ? '' : `,destination_workload="${callee.name}"`}}`,
  ),
  (caller, callee, namespace) =>
    `request_total{direction="outbound",namespace="${namespace}",${caller.kind.toLowerCase()}="${caller.name}",dst_namespace="${namespace}"${callee === undefined ? '' : `,dst_${callee.kind.toLowerCase()}="${callee.name}"`}}`,
];

/** The mean of a counter's rate over the last day; undefined where it has no value, or the source knows no such query. */
async function meanRate(selector: string, { source, now }: CallsIn): Promise<number | undefined> {
  const end = Math.floor(now / (stepSeconds * 1000)) * stepSeconds * 1000;
  try {
    const query = `sum(rate(${selector}[2m]))`;
    const { values } = await source.readRange({ query, start: end - dayMs, end, stepSeconds });
    const measured = values.filter(value => value !== null);
    return measured.length === 0 ? undefined : measured.reduce((sum, value) => sum + value, 0) / measured.length;
  } catch (error) {
    if (error instanceof MetricSourceError && error.reason === 'BadQuery') return undefined;
    throw error;
  }
}

/** Whether calls lead from one workload to another. */
function reaches(edges: readonly Edge[], from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const at of seen) for (const edge of edges) if (edge.from === at) seen.add(edge.to);
  return seen.has(to);
}
