import { ParseError } from '../api/faults/parse-error.ts';
import { parseInstant } from '../api/instant.ts';
import { parseSalePlan, type SalePlan } from '../api/sale-plan.ts';
import { plannedTimes } from '../api/series/planned-times.ts';
import type { Connection } from '../kube/connect.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';

/** Lists all SalePlans of a namespace that can be parsed, oldest first. */
export async function readSalePlans(connection: Connection, namespace: string): Promise<readonly SalePlan[]> {
  const objects = await connection.resource(salePlans).list({ namespace });
  return objects
    .flatMap(object => {
      try {
        return [parseSalePlan(object)];
      } catch (error) {
        if (error instanceof ParseError) return [];
        throw error;
      }
    })
    .sort((a, b) => parseInstant(plannedTimes(a).startTime) - parseInstant(plannedTimes(b).startTime));
}
