/** A time around a sale in which nothing is deployed. */
export interface FreezeWindow {
  readonly namespace: string;
  /** The sales that it is around. */
  readonly sales: readonly string[];
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms. */
  readonly end: number;
}

/** The start and the length of a window as cron, in UTC, and minutes. It would come again a year later. */
export function cronOf({ start, end }: FreezeWindow): { readonly schedule: string; readonly duration: string } {
  const from = new Date(start);
  return {
    schedule: `${from.getUTCMinutes()} ${from.getUTCHours()} ${from.getUTCDate()} ${from.getUTCMonth() + 1} *`,
    duration: `${Math.ceil((end - start) / 60_000)}m`,
  };
}
