import type { GivenTarget } from '../../support/shop/planned-namespace.ts';
import { changeTarget, type Draft, withGiven } from '../world.ts';
import { anySale, instantIn } from './change-sale.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function anyTarget({ random, given }: Draft): string {
  return random.pick(Object.keys(given.targets).filter(name => given.targets[name]?.spec?.baseline !== undefined));
}

/** One of the targets, which is changed from the beginning; the first is an entry point. */
export function changeOne(draft: Draft, alter: (target: GivenTarget) => GivenTarget, name = anyTarget(draft)): void {
  draft.given = changeTarget(draft.given, name, alter);
}

export function withFields(draft: Draft, fields: Fields): void {
  changeOne(draft, target => ({ ...target, spec: { ...target.spec, ...fields } }));
}

/** One of the targets, which is changed at an instant before or in a sale. */
export function changeOneAt(draft: Draft, what: string, alter: (target: GivenTarget) => GivenTarget): void {
  const [name, at] = [anyTarget(draft), instantIn(draft, anySale(draft), 'any')];
  draft.changes.push({
    at,
    what: `${name} ${what}`,
    change: state => withGiven(state, given => changeTarget(given, name, alter)),
  });
}

export function withHpa(target: GivenTarget, fields: Fields): GivenTarget {
  return { ...target, hpa: { ...(target.hpa === 'none' ? {} : target.hpa), ...fields } };
}

/** A further target beside the others. */
export function standBeside(draft: Draft, name: string, target: GivenTarget): void {
  draft.given = { ...draft.given, targets: { ...draft.given.targets, [name]: target } };
}

export function baselineOf({ spec }: GivenTarget): Fields {
  return (spec?.baseline ?? {}) as Fields;
}
