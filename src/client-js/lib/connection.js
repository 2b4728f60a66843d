import { decompress } from './lz4.js';
import { SchemaRegistry } from './registry.js';

// kafkajs has no consumer without a group. Its consumers return records of aborted transactions if several transactions
// overlap, and its admin client does not return the end offsets that include open transactions (R33). So this package
// sends requests over kafkajs' connections to the brokers, which are internal interfaces of kafkajs 2.2.
const CREATE_CLUSTER = 'private:Kafka:createCluster';

// How to reach Kafka and the schema registry, and the prefix of the topics.
export class Connection {
  constructor(kafka, registry, prefix) {
    this.kafka = kafka;
    this.registry = registry;
    this.prefix = prefix;
    this.logger = kafka.logger().namespace('Keyward');
  }

  // `kafka` is a Kafka of kafkajs, or the argument of its constructor.
  static async to({ kafka, registry, prefix = 'cmk.' }) {
    const { default: kafkajs } = await import('kafkajs');
    readLz4(kafkajs);
    const isClient = typeof kafka?.producer === 'function';
    const client = isClient
      ? kafka
      : new kafkajs.Kafka({ clientId: 'keyward-client', logLevel: kafkajs.logLevel.WARN, ...kafka });
    return new Connection(client, new SchemaRegistry(registry), prefix);
  }

  topic(baseName) {
    return this.prefix + baseName;
  }

  cluster() {
    const create = Object.getOwnPropertySymbols(this.kafka).find(({ description }) => description === CREATE_CLUSTER);
    if (create === undefined) {
      throw new TypeError('Reading the outputs requires a Kafka of kafkajs 2.2.');
    }
    return this.kafka[create]({ metadataMaxAge: 300_000, allowAutoTopicCreation: false });
  }
}

// LZ4 compresses Keyward's outputs, and kafkajs has no codec for it. This adds one to kafkajs for all consumers of the
// program, unless the program has already set one.
function readLz4({ CompressionCodecs, CompressionTypes }) {
  try {
    CompressionCodecs[CompressionTypes.LZ4]();
  } catch {
    CompressionCodecs[CompressionTypes.LZ4] = () => ({
      compress: async () => {
        throw new TypeError(
          '@keyward/client only decompresses LZ4; to compress, set another codec before it connects.',
        );
      },
      decompress: async (bytes) => decompress(bytes),
    });
  }
}
