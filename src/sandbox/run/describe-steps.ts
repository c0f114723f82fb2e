import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { StepSeries } from '../../simulate/step-series.ts';
import type { ClusterRecord } from '../controllers/record-cluster.ts';

/** Something that was done, in words. */
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

/** A step of the live correction is no news: only raises by more than this share are told. */
const tellingShare = 0.1;

/** The raises and restores of the HPAs' bounds, one line an instant; the many small steps between them are left out. */
export function describeSteps(targets: readonly ScalingTarget[], record: ClusterRecord): readonly DescribedStep[] {
  const steps = targets.flatMap(({ metadata: { name }, spec: { baseline } }): readonly SingleStep[] => [
    ...changesOf(record.minReplicas[name])
      .filter(({ from, to }) => to > from * (1 + tellingShare))
      .map(({ t, from, to }) => ({ t, kind: 'floors raised', text: `${name} ${from} → ${to}` })),
    ...changesOf(record.minReplicas[name])
      .filter(({ to }) => to === baseline.minReplicas)
      .map(({ t, from, to }) => ({ t, kind: 'minimum put back', text: `${name} ${from} → ${to}` })),
    ...changesOf(record.maxReplicas[name])
      .filter(({ to }) => to === baseline.maxReplicas)
      .map(({ t, from, to }) => ({ t, kind: 'maximum put back', text: `${name} ${from} → ${to}` })),
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
