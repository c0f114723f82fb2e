/** Access to Datadog's API. */
export interface DatadogAccess {
  /** Address of the API: `https://api.datadoghq.eu`. */
  readonly url: string;
  readonly apiKey: string;
  readonly applicationKey: string;
}

/** Request as Datadog's client would send it. */
export interface DatadogRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a request; returns its status and the JSON of its answer. */
export type SendToDatadog = (request: DatadogRequest) => Promise<{ readonly status: number; readonly body: unknown }>;

/**
 * Opens Datadog's client, whose requests `send` makes instead of the client. It is imported at the first request, because
 * that takes seconds and 150 MB. It retries nothing and logs nothing.
 */
export async function openDatadog({ url, apiKey, applicationKey }: DatadogAccess, send: SendToDatadog) {
  const { client, logger, v1, v2 } = await import('@datadog/datadog-api-client');
  logger.setLevel('silent');
  const configuration = client.createConfiguration({
    baseServer: new client.BaseServerConfiguration(url.replace(/\/+$/, ''), {}),
    authMethods: { apiKeyAuth: apiKey, appKeyAuth: applicationKey },
    enableRetry: false,
    fetch: async (address: string, init: { headers: Record<string, string>; body: string | Uint8Array }) => {
      const body = typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body);
      const answer = await send({ url: new URL(address), headers: init.headers, body });
      return Response.json(answer.body ?? {}, { status: answer.status });
    },
  });
  return { metrics: new v2.MetricsApi(configuration), events: new v1.EventsApi(configuration) };
}
