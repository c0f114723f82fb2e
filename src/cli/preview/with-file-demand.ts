import type { Observation } from '../../observe/observation.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import { demandOf, until } from './preview-demand.ts';
import type { Preview } from './preview-observation.ts';
import { readTargetHistories } from './target-histories.ts';

/**
 * Puts the demand of files in the place of what the metric sources would have.
 *
 * @throws Error naming file and line, when a row is invalid
 */
export function withFileDemand(observation: Observation, place: string, options: HistoryOptions): Preview {
  const { now } = observation;
  const notes: string[] = [];
  const names = observation.targets.map(({ target }) => target.metadata.name);
  const whole = readTargetHistories(place, names, options, note => notes.push(note));
  const histories = new Map(Object.entries(whole).map(([name, series]) => [name, until(series, now)]));
  const targets = observation.targets.map(one => {
    const { metadata, spec } = one.target;
    const history = histories.get(metadata.name);
    const stepSeconds = history?.stepSeconds ?? spec.demand.stepSeconds;
    const target = { ...one.target, spec: { ...spec, demand: { ...spec.demand, stepSeconds } } };
    return { ...one, target, demand: demandOf(metadata.name, history, now) };
  });
  return { observation: { ...observation, targets }, histories: Object.fromEntries(histories), notes };
}
