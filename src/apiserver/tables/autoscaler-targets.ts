import type { JsonObject } from '../../schema/json.ts';
import { objectIn, objectsIn, textIn } from '../objects/json-access.ts';

const mostShown = 2;

/** What an HPA measures and aims at, as kubectl prints it: `cpu: 45%/80%`, `1250m/2 (avg)`, `<unknown>/100`. */
export function scaledTargets(autoscaler: JsonObject): string {
  const metrics = objectsIn(objectIn(autoscaler, 'spec'), 'metrics');
  if (metrics.length === 0) return '<none>';
  const current = objectsIn(objectIn(autoscaler, 'status'), 'currentMetrics');
  const told = metrics.map((metric, index) => describeMetric(metric, current[index] ?? {}));
  const more = told.length > mostShown ? ` + ${told.length - mostShown} more...` : '';
  return `${told.slice(0, mostShown).join(', ')}${more}`;
}

function describeMetric(metric: JsonObject, measured: JsonObject): string {
  const source = lowerFirst(textIn(metric, 'type'));
  const aimed = objectIn(objectIn(metric, source), 'target');
  const current = objectIn(objectIn(measured, source), 'current');
  const name =
    source === 'resource' || source === 'containerResource' ? `${textIn(objectIn(metric, source), 'name')}: ` : '';
  if (typeof aimed.averageUtilization === 'number') {
    const now = typeof current.averageUtilization === 'number' ? `${current.averageUtilization}%` : '<unknown>';
    return `${name}${now}/${aimed.averageUtilization}%`;
  }
  const isAverage = aimed.averageValue !== undefined;
  const [now, wanted] = [current, aimed].map(each => (isAverage ? each.averageValue : each.value));
  const average = isAverage && (source === 'external' || source === 'object') ? ' (avg)' : '';
  return `${name}${String(now ?? '<unknown>')}/${String(wanted ?? '<unknown>')}${average}`;
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
