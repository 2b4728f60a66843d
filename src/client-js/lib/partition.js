const SEED = 0x9747b28c;
const M = 0x5bd1e995;

// MurmurHash2 as Kafka's Java clients compute it, as a signed 32-bit integer.
function murmur2(bytes) {
  const whole = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let i = 0; i < whole; i += 4) {
    let k = Math.imul(bytes.readInt32LE(i), M);
    k = Math.imul(k ^ (k >>> 24), M);
    hash = Math.imul(hash, M) ^ k;
  }
  if (whole < bytes.length) {
    for (let i = bytes.length - 1; i >= whole; i--) {
      hash ^= bytes[i] << ((i - whole) * 8);
    }
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

export function tenantPartition(tenantId, partitions) {
  if (typeof tenantId !== 'string') {
    throw new TypeError('tenantId: must be a string');
  }
  if (!(Number.isSafeInteger(partitions) && partitions > 0)) {
    throw new RangeError('partitions: must be a whole number, 1 or greater');
  }
  return (murmur2(Buffer.from(tenantId)) & 0x7fffffff) % partitions;
}

export function partitionOfKey(key, partitions) {
  return tenantPartition(key.split('/', 1)[0], partitions);
}

// The `createPartitioner` of a kafkajs producer.
export const TenantPartitioner =
  () =>
  ({ topic, partitionMetadata, message }) => {
    if (message.key === null || message.key === undefined) {
      throw new TypeError(`A record of the topic ${topic} has no key; its key must be the tenantId.`);
    }
    return partitionOfKey(String(message.key), partitionMetadata.length);
  };
