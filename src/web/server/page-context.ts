import type { Connection } from '../../kube/connect.ts';
import type { AccessReviews } from '../access/review-access.ts';
import type { Sessions } from '../access/session.ts';
import type { PageSource } from '../page-source.ts';
import type { SharedContent } from './shared-content.ts';

/** What the routes of the page work with. */
export interface PageContext {
  readonly shared: SharedContent;
  readonly source: PageSource;
  readonly reviews: AccessReviews;
  /** Present where viewers log in with their own tokens. */
  readonly sessions: Sessions | undefined;
  readonly connection: Pick<Connection, 'withToken'>;
  /** Epoch ms of the wall clock, for cookies and approvals. */
  readonly wallNow: () => number;
  /** Whether cookies are sent over TLS alone; false where the page listens on loopback. */
  readonly isSecure: boolean;
}
