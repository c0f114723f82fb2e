import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { tries } from '../../facts/call-budgets.ts';

export interface ClientPolicyProps {
  /** Time-out for opening a connection. @default 500 ms */
  readonly connectTimeout?: Duration;
  /**
   * Retries in percent of the requests of the last ten seconds, so that retries cannot double the load of an outage.
   *
   * @default 10
   */
  readonly retryBudgetPercent?: number;
  /**
   * Time after which a gRPC connection is closed, so that new replicas get their share of the load.
   *
   * @default 2 minutes
   */
  readonly maxConnectionAge?: Duration;
}

/**
 * The rules for calls between services: one policy for all, read as environment variables by the shared client of each
 * language. How long a try may take is each caller's own, since it follows from its deadline.
 */
export class ClientPolicy extends Construct {
  constructor(scope: Construct, id: string, props: ClientPolicyProps = {}) {
    super(scope, id);
    const {
      connectTimeout = Duration.millis(500),
      retryBudgetPercent = 10,
      maxConnectionAge = Duration.minutes(2),
    } = props;
    new k8s.KubeConfigMap(this, 'policy', {
      metadata: { name: 'client-policy' },
      data: {
        CLIENT_CONNECT_TIMEOUT_MS: String(connectTimeout.toMilliseconds()),
        CLIENT_TRIES: String(tries),
        CLIENT_RETRY_BUDGET_PERCENT: String(retryBudgetPercent),
        CLIENT_RETRY_ON: 'connect-failure,refused-stream,503',
        CLIENT_RETRY_METHODS: 'GET,HEAD,OPTIONS',
        CLIENT_FORWARD_HEADERS: 'traceparent,tracestate,x-request-id,x-deadline-ms',
        GRPC_MAX_CONNECTION_AGE_MS: String(maxConnectionAge.toMilliseconds()),
        GRPC_MAX_CONNECTION_AGE_GRACE_MS: '10000',
      },
    });
  }
}
