/** Whether a history has at most 180,000 samples, 125 days by the minute, which take 0.5 MB. */
export function hasKeptHistory(demand: { readonly stepSeconds: number; readonly historyDays: number }): boolean {
  return demand.historyDays * 86_400 <= demand.stepSeconds * 180_000;
}

/** What is said of a history that is longer. */
export const tooLongHistory = {
  path: ['historyDays'],
  message: 'must have at most 180000 samples of stepSeconds each',
};
