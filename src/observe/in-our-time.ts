/** Returns an object with the time of our newest write, which the API server wrote, in our own clock. */
export function inOurTime<Written extends { readonly writtenAt?: number }>(written: Written, skewMs: number): Written {
  const { writtenAt } = written;
  return writtenAt === undefined || skewMs === 0 ? written : { ...written, writtenAt: writtenAt + skewMs };
}
