import type { SizedService } from '../../facts/sized-service.ts';

/** What a service's pods are selected by: its own name, chosen once, so that moving code never changes a selector. */
export function selectorOf(service: string): Record<string, string> {
  return { 'app.kubernetes.io/name': service };
}

/** What every object of a service carries. */
export function labelsOf({ facts, environment }: SizedService): Record<string, string> {
  return {
    ...selectorOf(facts.name),
    'app.kubernetes.io/component': facts.role.toLowerCase(),
    'app.kubernetes.io/part-of': 'marketplace',
    'marketplace.example/owner': facts.owner,
    'marketplace.example/tier': facts.tier.toLowerCase(),
    'tags.datadoghq.com/env': environment.name,
    'tags.datadoghq.com/service': facts.name,
  };
}

/** What the pods of every caller of a service carry, and its network policy lets in. */
export function callerLabel(service: string): Record<string, string> {
  return { [`marketplace.example/calls-${service}`]: 'true' };
}

/** What its pods carry besides: the version, so that a deploy changes one file. The three tags unify metrics, traces, logs. */
export function podLabelsOf(service: SizedService): Record<string, string> {
  const callers = service.calls.map(call => callerLabel(call.service));
  return Object.assign({}, labelsOf(service), ...callers, { 'tags.datadoghq.com/version': versionOf(service.image) });
}

/**
 * What runs, as a label can say it: the tag of an image (`registry:5000/a/b:1.2` has the tag `1.2`), at most 63 characters
 * of it, or the beginning of its digest where it has no tag.
 */
function versionOf(image: string): string {
  const [withoutDigest = '', digest = ''] = image.split('@sha256:');
  const tag = /:([^/:]+)$/.exec(withoutDigest)?.[1] ?? digest.slice(0, 12);
  return tag.slice(0, 63).replace(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, '');
}
