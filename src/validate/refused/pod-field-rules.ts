import { between, type FieldRule, oneOf, written } from './field-rules.ts';

const all = 'containers|initContainers[]';
const probes = `${all}.livenessProbe|readinessProbe|startupProbe`;
const handlers = [`${probes}.httpGet`, `${all}.lifecycle.preStop|postStart.httpGet`];
const spread = 'topologySpreadConstraints[]';
const identifiers = ['runAsUser', 'runAsGroup'].flatMap(field => [
  between(`securityContext.${field}`, 0),
  between(`${all}.securityContext.${field}`, 0),
]);

/** The form of a name of one part, as of a container. */
export const labelForm = 'at most 63 lower-case letters, digits and hyphens, a letter or digit at each end';

/** A name of one part, as RFC 1123 has it. */
export const labelPattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const portForm = 'at most 15 lower-case letters, digits and single hyphens, one of them a letter';
const portPattern = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * What the API server asks of the fields of a pod's spec beyond their types.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go
 */
export const podFieldRules: readonly FieldRule[] = [
  oneOf('restartPolicy', 'Always', 'OnFailure', 'Never'),
  oneOf('dnsPolicy', 'ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
  oneOf('preemptionPolicy', 'PreemptLowerPriority', 'Never'),
  between('terminationGracePeriodSeconds', 0),
  between('activeDeadlineSeconds', 1),
  written('volumes[].name', labelPattern, labelForm),
  written(`${all}.name`, labelPattern, labelForm),
  oneOf(`${all}.imagePullPolicy`, 'Always', 'IfNotPresent', 'Never'),
  oneOf(`${all}.terminationMessagePolicy`, 'File', 'FallbackToLogsOnError'),
  written(`${all}.ports[].name`, portPattern, portForm),
  between(`${all}.ports[].containerPort`, 1, 65_535),
  between(`${all}.ports[].hostPort`, 0, 65_535),
  oneOf(`${all}.ports[].protocol`, 'TCP', 'UDP', 'SCTP'),
  written(`${all}.env[].name`, /^[^=]+$/, 'a name without ='),
  written(`${all}.volumeMounts[].subPath`, /^(?!\/)(?!(.*\/)?\.\.(\/|$))/, 'a path below its volume, without ..'),
  ...['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'].map(field =>
    between(`${probes}.${field}`, 0),
  ),
  ...handlers.flatMap(handler => [
    oneOf(`${handler}.scheme`, 'HTTP', 'HTTPS'),
    written(`${handler}.port`, portPattern, `a number, or the name of a port: ${portForm}`),
    between(`${handler}.port`, 1, 65_535),
  ]),
  between(`${probes}.tcpSocket|grpc.port`, 1, 65_535),
  oneOf('tolerations[].operator', 'Exists', 'Equal', 'Lt', 'Gt'),
  oneOf('tolerations[].effect', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  between(`${spread}.maxSkew`, 1),
  between(`${spread}.minDomains`, 1),
  oneOf(`${spread}.whenUnsatisfiable`, 'DoNotSchedule', 'ScheduleAnyway'),
  oneOf('securityContext.fsGroupChangePolicy', 'OnRootMismatch', 'Always'),
  ...identifiers,
  ...['securityContext', `${all}.securityContext`].map(context =>
    oneOf(`${context}.seccompProfile.type`, 'RuntimeDefault', 'Localhost', 'Unconfined'),
  ),
  ...[`${all}.env[].valueFrom.fieldRef.fieldPath`].map(path =>
    written(
      path,
      /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/,
      "a field of the pod that a variable may have: metadata.name, metadata.labels['app'], status.podIP, …",
    ),
  ),
];
