import { parseInstant } from '../../../api/instant.ts';
import { recordedTargets } from '../../../api/learned/recorded-targets.ts';
import { type Guess, type GuessInput, guessNeed } from './guess-need.ts';

/** A recorded number of replicas, and its source in words. */
export interface Recorded extends Guess {
  /** Whether it was never based on a forecast. */
  readonly isGuess: boolean;
  /** Present where the capacity was learned since: it stays to the end of the sale beside what demand needs. */
  readonly isBegun?: true;
}

/**
 * Chooses what replaces a forecast. A guess is recorded in the SalePlan as a guess, so that the next starts from the
 * same.
 *
 *   SalePlan                     →  replicas
 *   planned by a forecast           its highest step
 *   planned by a guess, not due     a new guess, from newer data
 *   planned by a guess, due         the higher of both
 *   nothing planned                 a guess
 */
export function recallReplicas(input: GuessInput): Recorded {
  const { now } = input;
  const guess = { ...guessNeed(input), isGuess: true };
  const planned = plannedOf(input);
  if (planned === undefined) return guess;
  const { salePlan, replicas, guessed, prescaleTime } = planned;
  if (guessed === undefined) return { replicas, message: `the highest step of SalePlan ${salePlan}`, isGuess: false };
  if (now < prescaleTime || guess.replicas > replicas) return guess;
  return { replicas, message: `the guess recorded in SalePlan ${salePlan}`, isGuess: true };
}

/**
 * Returns the guess that a sale began with, which stays to its end although the capacity is known by now: what was learned
 * during a sale lowers nothing in it. Undefined before the sale is due, and where it was planned by a capacity. Of a
 * target whose reasons the SalePlan has no room for, the highest step counts.
 */
export function begunGuess(input: Omit<GuessInput, 'reaching'>): Recorded | undefined {
  const planned = plannedOf(input);
  if (planned === undefined || input.now < planned.prescaleTime) return undefined;
  const { salePlan, guessed, isShort, replicas: highest } = planned;
  const replicas = isShort ? highest : guessed;
  if (replicas === undefined) return undefined;
  return { replicas, message: `the guess that SalePlan ${salePlan} began with`, isGuess: true, isBegun: true };
}

/** What the SalePlan recorded of the target; undefined while nothing is planned. */
function plannedOf({ occurrence: { record }, observed }: Pick<GuessInput, 'occurrence' | 'observed'>) {
  const { metadata, spec } = observed.target;
  const plan = record?.status?.plan;
  const planned = recordedTargets(plan).find(({ target }) => target === metadata.name);
  if (record === undefined || plan === undefined || planned === undefined) return undefined;
  const inFull = plan.targets.find(one => one === planned);
  const guessed = inFull?.because.find(({ rule }) => rule === 'guess');
  return {
    salePlan: record.metadata.name,
    prescaleTime: parseInstant(plan.prescaleTime),
    /** The highest step. */
    replicas: Math.max(spec.baseline.minReplicas, ...planned.steps.map(step => step.minReplicas)),
    guessed: guessed === undefined ? undefined : Math.max(0, Math.ceil(guessed.value)),
    isShort: inFull === undefined,
  };
}
