import type { Json, JsonObject } from '../../schema/json.ts';

/** A column of a Table, as kubectl prints it. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** @default '' */
  readonly format?: string;
  readonly description?: string;
  /** 0 = always shown; else only with `-o wide`. @default 0 */
  readonly priority?: number;
  /** @param now epoch ms */
  cell(object: JsonObject, now: number): Json;
}
