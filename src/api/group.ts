/** API group of the four kinds. */
export const group = 'headstart.dev';

/** The only served version. */
export const version = 'v1alpha1';

export const apiVersion = `${group}/${version}` as const;

/** Names that Headstart writes on objects of others; docs/reference.md documents each. */
export const fieldManager = 'headstart';
export const floorAnnotation = `${group}/floor`;
export const floorMaxAnnotation = `${group}/floor-max`;
export const fromAnnotation = `${group}/from`;
/** Annotation by which a person lets a ScalingTarget in deletion go although it is not restored; its value is `true`. */
export const letGoAnnotation = `${group}/let-go`;
/** Annotation of a workload that lets its pod template be changed in the freeze window that its value begins with. */
export const breakGlassAnnotation = `${group}/break-glass`;
export const restoreFinalizer = `${group}/restore`;
/** Label of a Deployment of placeholder pods; its value is the name of the ScalingTarget that it keeps room for. */
export const placeholderLabel = `${group}/placeholder-for`;
export const flashSaleLabel = `${group}/flash-sale`;
