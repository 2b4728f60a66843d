// Widely used packages without this one: kafkajs, and Confluent's schema registry client. Runs against a sandbox.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';
import { TenantPartitioner } from '@keyward/client';
import { Connection } from '../../lib/connection.js';

const url = process.env.KEYWARD_REGISTRY ?? 'http://127.0.0.1:8081';
const brokers = (process.env.KEYWARD_KAFKA ?? '127.0.0.1:9092').split(',');
const client = SchemaRegistryClient.newClient({ baseURLs: [url] });

test('without this package, a service publishes events that are decided, and another reads the decisions', async () => {
  const tenantId = `js-${randomUUID()}`;
  const base = () => ({ eventId: randomUUID(), tenantId, occurredAt: Date.now(), source: 'test', environmentId: 'hr' });
  const flows = { count: 0 };
  const environment = {
    type: 'PRODUCTION',
    managed: true,
    lifecycle: 'ACTIVE',
    cloudFlows: flows,
    desktopFlows: flows,
  };
  const vaultUri = `https://kv-${tenantId.slice(0, 8)}.vault.azure.net`;
  const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.ERROR });
  await Connection.to({ kafka, registry: { url } }); // so that kafkajs can read LZ4

  const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
  const consumer = kafka.consumer({ groupId: tenantId });
  after(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topic: 'cmk.encryption-decisions', fromBeginning: true });
  const decided = new Promise((resolve) => {
    const revisions = [];
    const eachMessage = async ({ topic, message: { key, value } }) => {
      if (key.toString() === `${tenantId}/hr`) {
        const { revision, encryptionState } = await deserializer.deserialize(topic, value);
        if (revisions.push([Number(revision), encryptionState]) === 2) {
          resolve(revisions);
        }
      }
    };
    consumer.run({ eachMessage });
  });

  const serializer = new AvroSerializer(client, SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
  });
  const producer = kafka.producer({ createPartitioner: TenantPartitioner });
  after(() => producer.disconnect());
  await producer.connect();
  const publish = async (topic, event) => {
    const value = await serializer.serialize(topic, event);
    await producer.send({ topic, acks: -1, messages: [{ key: tenantId, value }] });
  };
  await publish('cmk.environment-changed', { ...base(), ...environment });
  await publish('cmk.policy-applied', { ...base(), policyId: 'policy-1', key: { vaultUri, keyName: 'cmk' } });

  assert.deepEqual(await decided, [
    [1, 'MICROSOFT_MANAGED'],
    [2, 'CUSTOMER_MANAGED'],
  ]);
  assert.deepEqual(await client.getAllVersions('cmk.policy-applied-value'), [1]);
});

test("Confluent's client for JavaScript registers schemas of its own", async () => {
  const subject = `javascript-${randomUUID()}-value`;
  const record = (...fields) => ({ schemaType: 'AVRO', schema: JSON.stringify({ type: 'record', name: 'R', fields }) });
  const first = record({ name: 'a', type: 'string' });
  const second = record({ name: 'a', type: 'string' }, { name: 'b', type: 'int', default: 0 });
  const incompatible = record({ name: 'c', type: 'int' });

  const id = await client.register(subject, first);
  const registered = await client.registerFullResponse(subject, second);

  assert.equal((await client.getBySubjectAndId(subject, id)).schema, first.schema);
  assert.equal((await client.getByGuid(registered.guid)).schema, second.schema);
  assert.equal(await client.getId(subject, first), id);
  assert.equal(await client.getVersion(subject, second), 2);
  assert.equal((await client.getLatestSchemaMetadata(subject)).version, 2);
  assert.equal((await client.getSchemaMetadata(subject, 1)).id, id);
  assert.deepEqual(await client.getAllVersions(subject), [1, 2]);
  assert.ok((await client.getAllSubjects()).includes(subject));
  await assert.rejects(client.register(subject, incompatible), { status: 409, errorCode: 409 });
  assert.equal(await client.updateCompatibility(subject, 'NONE'), 'NONE');
  assert.equal(await client.getCompatibility(subject), 'NONE');
  assert.deepEqual(await client.updateConfig(subject, { compatibility: 'FULL' }), { compatibility: 'FULL' });
  assert.deepEqual(await client.getConfig(subject), { compatibilityLevel: 'FULL' });
});
