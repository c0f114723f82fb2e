import { stringify } from 'yaml';

/** Writes a value as YAML that kubectl reads back as it is: no line is broken, nothing is an alias. */
export function writeYaml(value: unknown): string {
  return stringify(value, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
