import type { Json, JsonObject } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import { commonShape, isEmptyValue, partSchema, partsOf } from '../objects/merge-shape.ts';

/** Merges an applied configuration into the live object: maps and keyed lists merge, everything else is replaced. */
export function applyMerge(live: JsonObject, applied: JsonObject, schema: Schema | undefined): JsonObject {
  return mergeValue(live, applied, schema) as JsonObject;
}

function mergeValue(live: Json | undefined, applied: Json | undefined, schema: Schema | undefined): Json {
  if (applied === undefined) return live ?? null;
  if (live === undefined) return applied;
  const shape = commonShape(live, applied, schema);
  if (shape === 'leaf' || (isEmptyValue(live) && isEmptyValue(applied))) return applied;
  const old = partsOf(live, schema);
  const added = partsOf(applied, schema);
  const merge = (element: string) => mergeValue(old.get(element), added.get(element), partSchema(schema, element));
  if (shape === 'list') return mergedOrder([...old.keys()], [...added.keys()]).map(merge);
  const fields = new Set([...old.keys(), ...added.keys()]);
  return Object.fromEntries([...fields].map(element => [element.slice(2), merge(element)]));
}

/**
 * The order of a merged list: applied items in the applied order, each preceded by the live-only items that came before
 * it.
 */
function mergedOrder(live: readonly string[], applied: readonly string[]): readonly string[] {
  const isApplied = new Set(applied);
  const isLive = new Set(live);
  const shared = applied.filter(key => isLive.has(key));
  const order: string[] = [];
  const done = new Set<string>();
  const take = (key: string) => {
    order.push(key);
    done.add(key);
  };
  let l = 0;
  let r = 0;
  while (l < live.length || r < applied.length) {
    const left = live[l];
    const right = applied[r];
    const nextShared = shared.find(key => !done.has(key));
    if (left !== undefined && left === right) {
      take(left);
      l++;
      r++;
    } else if (left !== undefined && right !== undefined && isApplied.has(left) && left !== nextShared) l++;
    else if (left !== undefined && !isApplied.has(left)) {
      take(left);
      l++;
    } else {
      if (left !== undefined && done.has(left)) l++;
      if (right !== undefined) {
        take(right);
        r++;
      }
    }
  }
  return order;
}
