import type { ApiDriver } from './driver.ts';

/** What an API server does, a sentence each; a case fails by an exception. */
export type Contract = Readonly<Record<string, (api: ApiDriver) => Promise<void>>>;
