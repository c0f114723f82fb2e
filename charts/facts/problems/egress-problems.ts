import type { ServiceFacts } from '../facts-schema.ts';

/** Partners that a service uses without a way out to them, and ways out for partners that it does not use. */
export function egressProblems({ uses, egress }: ServiceFacts): readonly string[] {
  const partners = uses.map(use => use.limit).filter(limit => limit.startsWith('partner-'));
  return [
    ...partners
      .filter(partner => egress.every(each => each.for !== partner))
      .map(partner => `uses ${partner} and could not reach it: add its host and port to egress, with for: ${partner}`),
    ...egress.flatMap(each =>
      each.for === undefined || partners.includes(each.for)
        ? []
        : [`egress to ${each.host ?? each.cidr} is for ${each.for}, which it does not use`],
    ),
  ];
}
