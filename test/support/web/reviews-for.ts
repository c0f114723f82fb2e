import type { Connection } from '../../../src/kube/connect.ts';
import { scriptedContext } from '../shop/scripted-context.ts';
import { answerReview } from './open-page.ts';

/** The connection of a page to a cluster that knows these users by their tokens, and lets each do everything. */
export function reviewsFor(
  users: Readonly<Record<string, string>>,
  cluster: Connection,
): Pick<Connection, 'transport' | 'withToken'> {
  const { connection } = scriptedContext(call => answerReview(call, { users }) ?? {});
  return { transport: connection.transport, withToken: token => cluster.withToken(token) };
}
