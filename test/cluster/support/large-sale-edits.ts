import type { User } from './approval-requests.ts';
import type { Answer } from './kubernetes-client.ts';

/** An edit of a FlashSale that takes the verb announce-large, and what of the sale stands before it. */
export interface LargeSaleEdit {
  readonly stands?: object;
  readonly patch: object;
}

/** Edits of a large FlashSale that the approver has announced, and the answers to the editor and to the approver. */
export const largeSaleEdits: readonly (readonly [what: string, editor: number, approver: number, LargeSaleEdit])[] = [
  ['tells more of a large sale', 200, 200, { patch: { discountPercent: 30 } }],
  ['ends a large sale earlier', 200, 200, { patch: { endTime: '2026-11-27T20:00:00Z' } }],
  ['cancels a large sale', 200, 200, { patch: { cancelled: true } }],
  ['moves a large sale', 403, 200, { patch: { startTime: '2027-11-26T19:00:00Z', endTime: '2027-11-26T21:00:00Z' } }],
  ['ends a large sale later', 403, 200, { patch: { endTime: '2026-11-28T21:00:00Z' } }],
  ['repeats a large sale', 403, 200, { patch: { recurrence: { rule: 'FREQ=WEEKLY;COUNT=6' } } }],
  ['lets a large sale enter elsewhere', 403, 200, { patch: { entryPoints: ['checkout'] } }],
  ['resumes a cancelled large sale', 403, 200, { stands: { cancelled: true }, patch: { cancelled: false } }],
  ['applies a watched large sale', 403, 200, { stands: { mode: 'ForecastOnly' }, patch: { mode: 'Apply' } }],
];

/** Sends an edit as both users, each on a large sale of its own, and returns the answers' statuses. */
export async function answersTo(
  { stands = {}, patch }: LargeSaleEdit,
  sales: string,
  send: (user: User, method: string, address: string, body: unknown, contentType?: string) => Promise<Answer>,
): Promise<readonly number[]> {
  const times = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
  const spec = { ...times, minPeakPercent: 5000, ...stands };
  const statuses: number[] = [];
  for (const user of ['editor', 'approver'] as const) {
    const metadata = { name: `large-${user}` };
    const sale = { apiVersion: 'headstart.dev/v1alpha1', kind: 'FlashSale', metadata, spec };
    await send('approver', 'DELETE', `${sales}/${metadata.name}`, undefined);
    const { status } = await send('approver', 'POST', sales, sale);
    if (status !== 201) throw new Error(`the approver who announces a large sale gets ${status}`);
    const edit = { spec: patch };
    const answer = await send(user, 'PATCH', `${sales}/${metadata.name}`, edit, 'application/merge-patch+json');
    statuses.push(answer.status);
  }
  return statuses;
}
