import type { SizedService } from '../facts/sized-service.ts';

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

/** What its pods carry besides: the version, so that a deploy changes one file. The three tags unify metrics, traces, logs. */
export function podLabelsOf(service: SizedService): Record<string, string> {
  return { ...labelsOf(service), 'tags.datadoghq.com/version': tagOf(service.image) };
}

/** The tag of an image; `registry:5000/a/b:1.2` has the tag `1.2`. Empty when there is none. */
export function tagOf(image: string): string {
  const [withoutDigest = ''] = image.split('@');
  return /:([^/:]+)$/.exec(withoutDigest)?.[1] ?? '';
}
