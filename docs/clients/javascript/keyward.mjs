// What both sides of Keyward need: where the services are, and values in Confluent's wire format.
import { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;

// Keyward compresses what it publishes with LZ4, which kafkajs leaves to a package of one's choice.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const settings = {
  brokers: (process.env.KEYWARD_KAFKA ?? '127.0.0.1:9092').split(','),
  registry: process.env.KEYWARD_REGISTRY ?? 'http://127.0.0.1:8081',
  prefix: process.env.KEYWARD_PREFIX ?? 'cmk.',
};

export const topic = (name) => settings.prefix + name;

export const kafka = (clientId) =>
  new Kafka({ clientId, brokers: settings.brokers, logLevel: logLevel.ERROR });

export const registry = () => SchemaRegistryClient.newClient({ baseURLs: [settings.registry] });

// Writes with the schema that Keyward has registered: a producer's own copy would become one more version.
export function eventWriter() {
  const serializer = new AvroSerializer(registry(), SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
  });
  return (name, event) => serializer.serialize(topic(name), event);
}

// Reads what any version of Keyward has written; a tombstone says that what the key names is gone.
export function outputReader() {
  const deserializer = new AvroDeserializer(registry(), SerdeType.VALUE, {});
  return async (name, value) => (value === null ? null : deserializer.deserialize(topic(name), value));
}
