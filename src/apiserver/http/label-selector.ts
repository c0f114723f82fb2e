import { ownValue } from '../../api/names/own-value.ts';
import { badRequest } from '../objects/status-error.ts';

type Labels = Readonly<Record<string, string>>;

/** A function that tells whether labels match a selector. */
export type LabelMatcher = (labels: Labels) => boolean;

const requirement =
  /^\s*(?:(?<not>!)\s*(?<absent>[^\s!=,()<>]+)|(?<key>[^\s!=,()<>]+)(?:\s*(?<operator>==?|!=|[<>])\s*(?<value>[^\s!=,()<>]*)|\s+(?<set>in|notin)\s*\((?<values>[^()]*)\))?)\s*$/;

/**
 * Parses the labelSelector of a list or watch: equality (`app=checkout`, `tier!=web`), sets (`tier in (web,api)`, `tier
 * notin (batch)`), existence (`tier`, `!tier`) and numbers (`rank>3`), separated by commas.
 *
 * @throws StatusError 400 with the requirement that cannot be parsed
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseLabelSelector(selector: string): LabelMatcher {
  if (selector.trim() === '') return () => true;
  const matchers = splitRequirements(selector).map(parseRequirement);
  return labels => matchers.every(matches => matches(labels));
}

/** Splits at commas outside parentheses. */
function splitRequirements(selector: string): readonly string[] {
  return selector.split(/,(?![^(]*\))/);
}

function parseRequirement(text: string): LabelMatcher {
  const found = requirement.exec(text)?.groups;
  if (found === undefined) throw badRequest(`unable to parse requirement: ${JSON.stringify(text.trim())}`);
  const { absent, key = '', operator, value = '', set, values = '' } = found;
  if (absent !== undefined) return labels => ownValue(labels, absent) === undefined;
  if (set !== undefined) return matchSet(key, set === 'in', values);
  switch (operator) {
    case undefined:
      return labels => ownValue(labels, key) !== undefined;
    case '!=':
      return labels => ownValue(labels, key) !== value;
    case '<':
    case '>':
      return matchNumber(key, operator, value);
    default:
      return labels => ownValue(labels, key) === value;
  }
}

function matchSet(key: string, isMember: boolean, values: string): LabelMatcher {
  const members = new Set(values.split(',').map(value => value.trim()));
  const isAmong = (label: string | undefined) => label !== undefined && members.has(label);
  return labels => isAmong(ownValue(labels, key)) === isMember;
}

function matchNumber(key: string, operator: '<' | '>', value: string): LabelMatcher {
  const bound = Number(value);
  if (!Number.isInteger(bound)) throw badRequest(`for '${operator}' operator, the value must be an integer`);
  return labels => {
    const label = Number(ownValue(labels, key) ?? Number.NaN);
    return operator === '<' ? label < bound : label > bound;
  };
}
