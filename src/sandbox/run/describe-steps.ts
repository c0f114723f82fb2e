import { ownValue } from '../../api/names/own-value.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { StepSeries } from '../../simulate/step-series.ts';
import type { ClusterRecord } from '../controllers/record-cluster.ts';

/** An action of the operator, in words. */
export interface DescribedStep {
  /** Epoch ms. */
  readonly t: number;
  readonly text: string;
}

interface SingleStep {
  readonly t: number;
  readonly kind: string;
  readonly text: string;
}

/** Smallest raise that is listed, as a share; the live correction causes many smaller ones. */
const listedShare = 0.1;

/** Describes when the HPAs' bounds were raised and restored, one line per instant; leaves small steps out. */
export function describeSteps(targets: readonly ScalingTarget[], record: ClusterRecord): readonly DescribedStep[] {
  const steps = targets.flatMap(({ metadata: { name }, spec: { baseline } }): readonly SingleStep[] => [
    ...changesOf(ownValue(record.minReplicas, name))
      .filter(({ from, to }) => to > from * (1 + listedShare))
      .map(({ t, from, to }) => ({ t, kind: 'floors raised', text: `${name} ${from} → ${to}` })),
    ...changesOf(ownValue(record.minReplicas, name))
      .filter(({ to }) => to === baseline.minReplicas)
      .map(({ t, from, to }) => ({ t, kind: 'minimum restored', text: `${name} ${from} → ${to}` })),
    ...changesOf(ownValue(record.maxReplicas, name))
      .filter(({ to }) => to === baseline.maxReplicas)
      .map(({ t, from, to }) => ({ t, kind: 'maximum restored', text: `${name} ${from} → ${to}` })),
  ]);
  const groups = Map.groupBy(steps, step => `${step.t} ${step.kind}`);
  return [...groups.values()]
    .map(group => ({ t: group[0]?.t ?? 0, text: `${group[0]?.kind}: ${group.map(step => step.text).join(', ')}` }))
    .sort((a, b) => a.t - b.t);
}

function changesOf(
  series: StepSeries = [],
): readonly { readonly t: number; readonly from: number; readonly to: number }[] {
  return series.slice(1).map((change, i) => ({ t: change.t, from: series[i]?.value ?? 0, to: change.value }));
}
