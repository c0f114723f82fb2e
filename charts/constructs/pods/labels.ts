import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { ShopName } from '../../facts/shop-name.ts';
import type { SizedService } from '../../facts/sized-service.ts';

/** The selector of a service's pods: the service's own name, so that moving code never changes a selector. */
export function selectorOf(service: string): Record<string, string> {
  return { 'app.kubernetes.io/name': service };
}

/** The label of every object of a shop. */
export function partOf({ name }: Pick<ShopName, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/part-of': name };
}

/** The labels of every object of a service. */
export function labelsOf({ facts, environment, shop }: SizedService): Record<string, string> {
  return {
    ...selectorOf(facts.name),
    'app.kubernetes.io/component': facts.role.toLowerCase(),
    ...partOf(shop),
    [`${shop.labelDomain}/owner`]: facts.owner,
    [`${shop.labelDomain}/tier`]: facts.tier.toLowerCase(),
    ...datadogTags(environment, { env: environment.name, service: facts.name }),
  };
}

/** The label of the pods of every caller of a service, which the service's network policy admits. */
export function callerLabel(service: string, { labelDomain }: ShopName): Record<string, string> {
  return { [`${labelDomain}/calls-${service}`]: 'true' };
}

/**
 * The further labels of a service's pods: the version, so that a deploy changes only one file. Datadog's three unified
 * tags connect metrics, traces and logs.
 */
export function podLabelsOf(service: SizedService): Record<string, string> {
  const callers = service.calls.map(call => callerLabel(call.service, service.shop));
  return Object.assign(
    {},
    labelsOf(service),
    ...callers,
    datadogTags(service.environment, { version: versionOf(service.image) }),
  );
}

/** Datadog's unified tags as labels, in an environment that uses it. */
export function datadogTags(
  { datadogSite }: Pick<EnvironmentFacts, 'datadogSite'>,
  tags: Readonly<Record<string, string>>,
): Record<string, string> {
  if (datadogSite === undefined) return {};
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`tags.datadoghq.com/${tag}`, value]));
}

/**
 * The version of an image as a label value: its tag (`registry:5000/a/b:1.2` has the tag `1.2`), at most 63 characters,
 * or the start of its digest when it has no tag.
 */
function versionOf(image: string): string {
  const [withoutDigest = '', digest = ''] = image.split('@sha256:');
  const tag = /:([^/:]+)$/.exec(withoutDigest)?.[1] ?? digest.slice(0, 12);
  return tag.slice(0, 63).replace(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, '');
}
