import type { ConditionUpdate } from '../../../api/condition.ts';
import { shortenToLength } from '../../../api/shorten-text.ts';
import { condition } from '../../condition.ts';
import type { SaleFinding } from '../../sale-finding.ts';
import type { OpenOutlook } from '../outlook-sale.ts';

/** Most characters of the findings in a condition's message. */
const mostCharacters = 8000;

/**
 * Decides from the moment a sale is known whether it can be given what it needs.
 *
 *   when                                               →  Feasible
 *   in mode ForecastOnly                                  Unknown NotDue
 *   nothing of a raise that it needs can come             False   NoGo
 *   something leaves it short, late or doubtful           False   AtRisk
 *   else                                                  True    Go
 */
export function feasible(findings: readonly SaleFinding[], mode: OpenOutlook['mode']): ConditionUpdate<'Feasible'> {
  if (mode === 'ForecastOnly')
    return condition('Feasible', 'Unknown', 'NotDue', 'The sale is watched and nothing is raised.');
  if (findings.length === 0) return condition('Feasible', 'True', 'Go', 'Nothing stands in the way of the sale.');
  return condition('Feasible', 'False', worstOf(findings), describeFindings(findings));
}

/** Returns the worst verdict of at least one finding. */
export function worstOf(findings: readonly SaleFinding[]): SaleFinding['verdict'] {
  return findings.some(({ verdict }) => verdict === 'NoGo') ? 'NoGo' : 'AtRisk';
}

/** Describes findings, the worst first, each with its cheapest mend. */
export function describeFindings(findings: readonly SaleFinding[]): string {
  const sentences = findings.map(({ message, mend }) => (mend === undefined ? message : `${message} ${mend}`));
  return shortenToLength(sentences.join(' '), mostCharacters);
}
