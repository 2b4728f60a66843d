// The names of topics without the prefix. POSITIONS are the topics that the processor reads, in the order of the
// offsets in positions: first the inputs, then the topics that only Keyward writes.
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

// The topic of an event, by the name of its schema (`KeyRotated`) or topic (`key-rotated`).
export function inputTopic(name) {
  const topic = name.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
  if (!INPUTS.includes(topic)) {
    throw new RangeError(
      `${name} is not an input; must be one of ${INPUTS.join(', ')}, or the name of one of their schemas`,
    );
  }
  return topic;
}
