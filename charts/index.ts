/**
 * The charts as a library: the app of a whole shop, the chart with readable names, and the constructs, one Kubernetes
 * concern each, for an app of one's own.
 */
export { ArgoDelivery, type ArgoDeliveryProps } from './constructs/delivery/argo-delivery.ts';
export { FluxDelivery, type FluxDeliveryProps } from './constructs/delivery/flux-delivery.ts';
export { healthChecks } from './constructs/delivery/health-checks.ts';
export { EdgeGateway, type EdgeGatewayProps } from './constructs/environment/edge-gateway.ts';
export {
  EnvironmentNamespace,
  type EnvironmentNamespaceProps,
} from './constructs/environment/environment-namespace.ts';
export { ServiceCapacityBuffer, ServiceSaleBuffer, ShopNodePool } from './constructs/environment/node-room.ts';
export { PriorityClasses } from './constructs/environment/priority-classes.ts';
export { ScalingPolicyConstruct, type ScalingPolicyProps } from './constructs/environment/scaling-policy.ts';
export { DatadogMonitors, type DatadogMonitorsProps } from './constructs/monitoring/datadog-monitors.ts';
export { EnvironmentMonitoring, OperatorMonitoring } from './constructs/monitoring/observability.ts';
export { Admission } from './constructs/operator/admission.ts';
export { FloorGuard } from './constructs/operator/floor-guard.ts';
export { FreezeGuard } from './constructs/operator/freeze-guard.ts';
export { OperatorConstruct, type OperatorProps } from './constructs/operator/operator.ts';
export { TeamBindings, TeamRoles } from './constructs/operator/team-roles.ts';
export { Autoscaling } from './constructs/services/autoscaling.ts';
export { ClientPolicy } from './constructs/services/client-policy.ts';
export { Networking } from './constructs/services/networking.ts';
export { Service } from './constructs/services/service.ts';
export { ServiceRoute, type ServiceRouteProps } from './constructs/services/service-route.ts';
export { WorkloadConstruct } from './constructs/services/workload.ts';
export { DataStores, type DataStoresProps } from './constructs/stores/data-stores.ts';
export { clustersOf, type ShopCluster } from './facts/clusters/shop-clusters.ts';
export type { EnvironmentFacts } from './facts/environment-schema.ts';
export { type Facts, factsSchema, type ServiceFacts } from './facts/facts-schema.ts';
export { FactsError, readFacts } from './facts/read-facts.ts';
export { sizeEnvironment } from './facts/size-environment.ts';
export type { SizedService } from './facts/sized-service.ts';
export { ManifestChart, type ManifestChartProps, type ManifestObject } from './manifest-chart.ts';
export { ShopApp, type ShopAppProps } from './shop-app.ts';
export { type ManifestFiles, type SynthesisOptions, synthesize } from './synthesize.ts';
export { terraformFiles } from './terraform.ts';
export { writeManifests } from './write-manifests.ts';
