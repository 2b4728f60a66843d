// The sandbox's addresses, unless the environment names others.
export const settings = {
  kafka: { brokers: (process.env.KEYWARD_KAFKA ?? '127.0.0.1:9092').split(','), clientId: 'node-example' },
  registry: { url: process.env.KEYWARD_REGISTRY ?? 'http://127.0.0.1:8081' },
  prefix: process.env.KEYWARD_PREFIX,
};
