/** The settings file is not what it should be; the operator does not start. The message names the file and the key. */
export class SettingsError extends Error {
  readonly code = 'HEADSTART_SETTINGS';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingsError';
  }
}
