/** The port where Prometheus and Datadog's agent read the metrics of every service's pods. */
export const metricsPort = { name: 'metrics', port: 9464 } as const;
