export type GivenFields = Readonly<Record<string, unknown>>;

export const givenVersion = 'headstart.dev/v1alpha1';
export const givenNamespace = 'marketplace';
