import { z } from 'zod';
import { didYouMean } from '../../api/faults/closest-word.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { type Labels, labelSelectorSchema, matches, selectorSlip } from '../../manifests/label-selector.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';
import { servicesOf } from './services.ts';

const monitorSchema = z.looseObject({
  spec: z.looseObject({
    selector: labelSelectorSchema,
    namespaceSelector: z
      .looseObject({ any: z.boolean().nullish(), matchNames: z.array(z.string()).nullish() })
      .nullish(),
  }),
});
const endpointSchema = z.array(z.looseObject({ port: z.string().nullish() })).nullish();
const labelledSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).nullish() }),
});

/** What a monitor of the Prometheus operator may select: labels, and the names of ports. */
interface Monitored {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly string[];
}

/** Checks that ServiceMonitors and PodMonitors select something of this folder, and ports that it has. */
export const checkMonitors: Rule = {
  code: 'monitor-target',
  check: objects =>
    objects.flatMap(object => {
      if (!object.apiVersion.startsWith('monitoring.coreos.com/')) return [];
      if (object.kind === 'ServiceMonitor') return remarks(object, 'endpoints', services(objects));
      return object.kind === 'PodMonitor' ? remarks(object, 'podMetricsEndpoints', pods(objects)) : [];
    }),
};

function remarks(object: ManifestObject, list: string, all: readonly Monitored[]): readonly Remark[] {
  const spec = monitorSchema.safeParse(object.value).data?.spec;
  if (spec === undefined || spec.namespaceSelector?.any === true) return [];
  const names = spec.namespaceSelector?.matchNames ?? [];
  const around = all.filter(({ namespace }) =>
    names.length === 0 ? namespace === object.namespace : names.includes(namespace),
  );
  const selected = around.filter(({ labels }) => matches(spec.selector, labels));
  if (around.length === 0) return [];
  if (selected.length === 0) {
    const slip = selectorSlip(
      spec.selector.matchLabels,
      around.map(({ labels }) => labels),
    );
    if (slip === undefined) return [];
    return [
      {
        object,
        field: ['spec', 'selector'],
        message: `selects nothing: ${slip.replace("no pod's label", 'the label of none')}`,
      },
    ];
  }
  const ports = selected.flatMap(each => each.ports);
  return (endpointSchema.safeParse(ownValue(spec, list)).data ?? []).flatMap(({ port }, index): readonly Remark[] => {
    if (port == null || ports.includes(port)) return [];
    const message = `asks port ${port}, which nothing that it selects has${didYouMean(port, ports)}`;
    return [{ object, field: ['spec', list, index, 'port'], message }];
  });
}

function services(objects: readonly ManifestObject[]): readonly Monitored[] {
  return servicesOf(objects).map(({ object, spec }) => ({
    namespace: object.namespace,
    labels: labelledSchema.safeParse(object.value).data?.metadata.labels ?? {},
    ports: spec.ports.flatMap(({ name }) => name ?? []),
  }));
}

function pods(objects: readonly ManifestObject[]): readonly Monitored[] {
  return podTemplatesOf(objects).map(({ object, labels, spec }) => ({
    namespace: object.namespace,
    labels,
    ports: [...spec.containers, ...spec.initContainers].flatMap(container =>
      container.ports.flatMap(({ name }) => name ?? []),
    ),
  }));
}
