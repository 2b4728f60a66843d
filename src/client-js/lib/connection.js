import { decompress } from './lz4.js';
import { SchemaRegistry } from './registry.js';

// kafkajs's consumers need a group, and tell records of aborted transactions if several transactions overlap. Its admin
// client does not count open transactions where a partition ends. So this kit sends the requests itself, over the
// connections of kafkajs to the brokers, which are not part of its public interface.
const CREATE_CLUSTER = 'private:Kafka:createCluster';

// How to reach Kafka and the schema registry, and the prefix of the topics.
export class Connection {
  constructor(kafka, registry, prefix) {
    this.kafka = kafka;
    this.registry = registry;
    this.prefix = prefix;
    this.logger = kafka.logger().namespace('Keyward');
  }

  // `kafka` is a Kafka of kafkajs, or what its constructor takes.
  static async to({ kafka, registry, prefix = 'cmk.' }) {
    const { default: kafkajs } = await import('kafkajs');
    readLz4(kafkajs);
    const given = typeof kafka?.producer === 'function';
    const client = given
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
      throw new TypeError('To read the outputs, a Kafka of kafkajs 2.2 is needed.');
    }
    return this.kafka[create]({ metadataMaxAge: 300_000, allowAutoTopicCreation: false });
  }
}

// Keyward compresses what it publishes with LZ4, which kafkajs leaves to a codec of one's choice. One that the program has
// set before stays.
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
