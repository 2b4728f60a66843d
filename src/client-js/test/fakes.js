// A fake Kafka and a fake schema registry.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { compile, encode } from '../lib/avro.js';

const schema = (name) => readFileSync(new URL(`../../../schemas/${name}.avsc`, import.meta.url), 'utf8');
const next = () => new Promise((resolve) => setImmediate(resolve));

export class FakeKafka {
  logs = new Map(); // by topic/partition: messages, whose offset is their index in the list; undefined: compacted
  failures = []; // of the next fetches
  connections = 0;
  fetches = 0;
  fetched = () => {};

  constructor(topics) {
    for (const [topic, partitions] of Object.entries(topics)) {
      for (let partition = 0; partition < partitions; partition++) {
        this.logs.set(`${topic}/${partition}`, []);
      }
    }
    this[Symbol('private:Kafka:createCluster')] = () => this.#cluster();
  }

  producer() {}

  logger() {
    const logger = { namespace: () => logger, debug() {}, info() {}, warn() {}, error() {} };
    return logger;
  }

  append(topic, { partition = 0, producerId = '1', inTransaction = false, isControlRecord = false, ...message }) {
    const log = this.logs.get(`${topic}/${partition}`);
    const offset = String(log.length);
    const batchContext = { producerId, inTransaction, firstOffset: offset, lastOffsetDelta: 0 };
    const key = typeof message.key === 'string' ? Buffer.from(message.key) : (message.key ?? null);
    log.push({ offset, timestamp: '0', value: null, headers: {}, ...message, key, isControlRecord, batchContext });
  }

  #partitions(topic) {
    return [...this.logs.keys()].filter((key) => key.startsWith(`${topic}/`)).map((key) => Number(key.split('/')[1]));
  }

  #cluster() {
    this.connections++;
    return {
      connect: async () => {},
      disconnect: async () => {},
      addMultipleTargetTopics: async (topics) => {
        if (topics.length === 1 && this.#partitions(topics[0]).length === 0) {
          const missing = new Error(`the topic ${topics[0]} is missing`);
          throw Object.assign(missing, { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
        }
      },
      refreshMetadata: async () => {},
      findTopicPartitionMetadata: (topic) => this.#partitions(topic).map((partitionId) => ({ partitionId })),
      findLeaderForPartitions: (topic, partitions) => Object.fromEntries(partitions.map((one) => [one, [one]])),
      findBroker: async () => ({
        fetch: (request) => this.#fetch(request),
        listOffsets: (request) => this.#list(request),
      }),
    };
  }

  async #list({ topics }) {
    const offset = (topic, { partition, timestamp }) =>
      String(timestamp === -2 ? 0 : this.logs.get(`${topic}/${partition}`).length);
    const responses = topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map((one) => ({ partition: one.partition, offset: offset(topic, one) })),
    }));
    return { responses };
  }

  async #fetch({ topics }) {
    await next();
    this.fetches++;
    this.fetched();
    if (this.failures.length > 0) {
      throw this.failures.shift();
    }
    const responses = topics.map(({ topic, partitions }) => ({
      topicName: topic,
      partitions: partitions.map(({ partition, fetchOffset }) => {
        const log = this.logs.get(`${topic}/${partition}`);
        return {
          partition,
          abortedTransactions: log.aborted ?? [],
          messages: log.slice(Number(fetchOffset), log.shown).filter(Boolean),
        };
      }),
    }));
    return { responses };
  }
}

// Has the schemas of schemas/, and those that are added.
export class FakeRegistry {
  requests = [];
  status = 200;
  #schemas = [];
  #server;

  static async start() {
    const registry = new FakeRegistry();
    registry.#server = createServer((request, answer) => {
      registry.requests.push({ path: request.url, headers: request.headers });
      const [status, body] = registry.status === 200 ? registry.#answer(request.url) : [registry.status, {}];
      answer.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' }).end(JSON.stringify(body));
    });
    await new Promise((resolve) => registry.#server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  add(subject, text) {
    return this.#schemas.push({ subject, text });
  }

  // Encodes `value` with a schema of schemas/, or with the text of another one.
  value(name, value, text = schema(name)) {
    const known = this.#schemas.findIndex((one) => one.text === text) + 1;
    const header = Buffer.alloc(5);
    header.writeInt32BE(known || this.add(name, text), 1);
    return Buffer.concat([header, encode(compile(JSON.parse(text)), value)]);
  }

  #answer(path) {
    const byId = /^\/schemas\/ids\/(\d+)$/.exec(path);
    const latest = /^\/subjects\/(.+)\/versions\/latest$/.exec(path);
    const index = byId ? Number(byId[1]) - 1 : this.#schemas.findLastIndex(({ subject }) => subject === latest?.[1]);
    const found = this.#schemas[index];
    return found === undefined ? [404, { error_code: 40403 }] : [200, { id: index + 1, schema: found.text }];
  }

  async stop() {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
