// The topics' names without their prefix. Those that say how far they are decided, in the order of positions in Progress:
// first the inputs, then what only Keyward writes.
export const INPUTS = [
  'policy-applied',
  'policy-removed',
  'key-rotated',
  'key-revoked',
  'key-restored',
  'key-expiring',
  'environment-changed',
  'tenant-limit-changed',
  'enforcement-reported',
];
export const POSITIONS = [...INPUTS, 'time-reached', 'tenant-erased', 'rerouted'];

// The topic of an event: `KeyRotated` and `key-rotated` name the same.
export function inputTopic(name) {
  const topic = name.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
  if (!INPUTS.includes(topic)) {
    throw new RangeError(`There is no input ${name}; the inputs are ${INPUTS.join(', ')}.`);
  }
  return topic;
}
