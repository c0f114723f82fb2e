import type { Occurrence } from '../../accept/occurrence.ts';

/** The risk that `similarTo` names sales that are not known: they teach nothing. */
export function similarRisk({ similar }: Pick<Occurrence, 'similar'>): readonly string[] {
  const names = similar?.unknown ?? [];
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  return [`similarTo: ${names.join(', ')} ${verb} no past FlashSale or SalePlan here and taught the plan nothing.`];
}
