import type { StatusCause } from '../../schema/field-fault.ts';
import { invalidField } from '../../schema/field-fault.ts';
import { numberIn, objectIn, objectsIn, textIn, textsIn } from '../objects/json-access.ts';
import type { KindRules } from '../objects/kind-rules.ts';

/** Namespace: created as Active, and kept until it is empty. */
export const namespaceRules: KindRules = {
  fillDefaults: object => ({ ...object, spec: { finalizers: ['kubernetes'], ...objectIn(object, 'spec') } }),
  initialStatus: { phase: 'Active' },
  dyingStatus: { phase: 'Terminating' },
  isHeld: object => textsIn(objectIn(object, 'spec'), 'finalizers').length > 0,
  blank: { metadata: {}, spec: {}, status: {} },
};

/** Node: its status can be stated on creation. */
export const nodeRules: KindRules = { blank: { metadata: {}, spec: {}, status: {} } };

/** Lease. @see pkg/apis/coordination/validation/validation.go */
export const leaseRules: KindRules = {
  faults: object => {
    const spec = objectIn(object, 'spec');
    const faults: StatusCause[] = [];
    const [duration, transitions] = [numberIn(spec, 'leaseDurationSeconds'), numberIn(spec, 'leaseTransitions')];
    if (duration !== undefined && duration <= 0) {
      faults.push(invalidField('spec.leaseDurationSeconds', duration, 'must be greater than 0'));
    }
    if (transitions !== undefined && transitions < 0) {
      faults.push(invalidField('spec.leaseTransitions', transitions, 'must be greater than or equal to 0'));
    }
    return faults;
  },
  blank: { metadata: {}, spec: {} },
};

export const eventRules: KindRules = { blank: { metadata: {} } };
export const configMapRules: KindRules = { blank: { metadata: {} } };

/** ResourceQuota: its status follows its spec at once, because no controller counts what is used. */
export const resourceQuotaRules: KindRules = { blank: { metadata: {}, spec: {}, status: {} } };

/** LimitRange: what it gives to containers follows from its limits. @see pkg/apis/core/v1/defaults.go */
export const limitRangeRules: KindRules = {
  fillDefaults: object => {
    const spec = objectIn(object, 'spec');
    const limits = objectsIn(spec, 'limits').map(item => {
      if (textIn(item, 'type') !== 'Container') return item;
      const limit = { ...objectIn(item, 'max'), ...objectIn(item, 'default') };
      const defaultRequest = { ...objectIn(item, 'min'), ...limit, ...objectIn(item, 'defaultRequest') };
      return { ...item, default: limit, defaultRequest };
    });
    return { ...object, spec: { ...spec, limits } };
  },
  blank: { metadata: {}, spec: {} },
};
