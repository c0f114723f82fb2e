import { Yaml } from 'cdk8s';
import type { ManifestObject } from '../../manifest-chart.ts';
import { type InstallParts, installParts, operatorNamespace } from '../install-parts.ts';
import { chartValues, formatValues, formatValuesSchema } from './chart-values.ts';
import { fillTemplate, type TemplateHole } from './fill-template.ts';

export interface HelmChartProps {
  readonly version: string;
  readonly image: string;
  readonly runbookUrl: string;
  readonly pageUrl: string;
  /** The CRDs by their file names. */
  readonly definitions: ReadonlyMap<string, string>;
}

const largePeakPercent = 2000;
/** What stands for values inside longer texts until the objects are written; no other number or URL is like it. */
const markedPercent = 987_654_321;
const markedUrl = 'https://runbook.invalid/runbook.md';
const markedPage = 'https://page.invalid';

/**
 * Makes the Helm chart of the operator from the same objects as the plain manifests: files by their paths in the
 * chart's folder. Helm makes the namespace, so that its object is left out; CRDs are in `crds/`, which Helm installs
 * once and never upgrades.
 */
export function helmChart(props: HelmChartProps): ReadonlyMap<string, string> {
  const { version, runbookUrl, pageUrl, definitions } = props;
  const parts = installParts({
    image: props.image,
    runbookUrl: markedUrl,
    pageUrl: markedPage,
    largePeakPercent: markedPercent,
  });
  const values = chartValues(parts, { runbookUrl, pageUrl, largePeakPercent });
  // The tag of a release is the chart's version, so that one who sets the repository need not repeat it.
  const image = values.image.tag === version ? { ...values.image, tag: '' } : values.image;
  return new Map([
    ['Chart.yaml', Yaml.stringify(chartFile(version))],
    ['values.yaml', formatValues({ ...values, image })],
    ['values.schema.json', formatValuesSchema()],
    ...[...definitions].map(([file, text]) => [`crds/${file}`, text] as const),
    ['templates/_helpers.tpl', helpers],
    ['templates/NOTES.txt', notes],
    ...templatesOf(parts),
  ]);
}

function chartFile(version: string) {
  return {
    apiVersion: 'v2',
    name: 'headstart',
    description: 'Forecasts the load of announced flash sales and raises HPA bounds in time.',
    type: 'application',
    version,
    appVersion: version,
    kubeVersion: '>=1.30.0-0',
    home: 'https://headstart.dev',
  };
}

function templatesOf(parts: InstallParts): readonly (readonly [string, string])[] {
  const written: Readonly<Record<keyof InstallParts, string>> = {
    operator: fill(
      parts.operator.filter(({ kind }) => kind !== 'Namespace'),
      operatorHoles,
    ),
    admission: onlyIf('admission', fill(parts.admission, [])),
    'floor-guard': onlyIf('guard', fill(parts['floor-guard'], [])),
    roles: onlyIf('roles', fill(parts.roles, [])),
    monitoring: onlyIf('monitoring', fill(parts.monitoring, [])),
  };
  return Object.entries(written).map(([part, text]) => [`templates/${part}.yaml`, text] as const);
}

function fill(objects: readonly ManifestObject[], holes: readonly TemplateHole[]): string {
  return fillTemplate(objects, holes)
    .replaceAll(operatorNamespace, '{{ .Release.Namespace }}')
    .replaceAll(String(markedPercent), '{{ int64 .Values.admission.largePeakPercent }}')
    .replaceAll(markedUrl, '{{ .Values.monitoring.runbookUrl }}')
    .replaceAll(markedPage, '{{ .Values.monitoring.pageUrl | trimSuffix "/" }}');
}

function onlyIf(part: string, text: string): string {
  return `{{- if .Values.${part}.enabled }}\n${text}{{- end }}\n`;
}

const pod = ['spec', 'template', 'spec'] as const;

const operatorHoles: readonly TemplateHole[] = [
  {
    kind: 'ConfigMap',
    path: ['data', 'settings.yaml'],
    lines: ['settings.yaml: |', '{{- include "headstart.settings" . | nindent +2 }}'],
  },
  { kind: 'Deployment', path: ['spec', 'replicas'], lines: ['replicas: {{ int64 .Values.replicas }}'] },
  {
    kind: 'Deployment',
    path: ['spec', 'template', 'metadata', 'annotations', 'checksum/settings'],
    // The operator reads its settings at its start: other settings are other pods.
    lines: ['checksum/settings: {{ include "headstart.settings" . | sha256sum }}'],
  },
  {
    kind: 'Deployment',
    path: [...pod, 'imagePullSecrets'],
    lines: ['{{- with .Values.imagePullSecrets }}', 'imagePullSecrets:', '{{- toYaml . | nindent +2 }}', '{{- end }}'],
  },
  {
    kind: 'Deployment',
    path: [...pod, 'containers', 0, 'image'],
    lines: ['image: {{ include "headstart.image" . | quote }}', 'imagePullPolicy: {{ .Values.image.pullPolicy }}'],
  },
  {
    kind: 'Deployment',
    path: [...pod, 'containers', 0, 'resources'],
    lines: ['resources:', '{{- toYaml .Values.resources | nindent +2 }}'],
  },
  {
    kind: 'Deployment',
    path: [...pod, 'volumes', 1, 'secret', 'secretName'],
    lines: ['secretName: {{ .Values.credentialsSecret }}'],
  },
  {
    kind: 'NetworkPolicy',
    path: ['spec', 'egress', 1, 'ports'],
    lines: [
      'ports:',
      '{{- range .Values.networkPolicy.egressPorts }}',
      '  - protocol: TCP',
      '    port: {{ int64 . }}',
      '{{- end }}',
    ],
  },
];

const helpers = `{{- define "headstart.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "headstart.settings" -}}
{{- $own := dict "leaderElection" (dict "namespace" .Release.Namespace) -}}
{{- toYaml (mergeOverwrite $own (deepCopy .Values.settings)) -}}
{{- end -}}
`;

const notes = `Headstart {{ .Chart.AppVersion }} is installed in {{ .Release.Namespace }}.

Next, one ScalingTarget for each service:

  kubectl headstart adopt HPA -n NAMESPACE --source prometheus --query QUERY

Helm never upgrades CRDs. Before "helm upgrade":

  kubectl apply --server-side --force-conflicts -f crds.yaml

Before "helm uninstall", which leaves raised bounds as they are:

  kubectl headstart restore --all --wait 10m
`;
