import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { EventPublisher, tenantPartition } from '../index.js';
import { TenantPartitioner } from '../lib/partition.js';
import { FakeKafka, FakeRegistry } from './fakes.js';

const EVENT = { eventId: '1', tenantId: 't', occurredAt: Date.UTC(2026, 2, 1), environmentId: 'e', policyId: 'p' };

let registry;
let kafka;
let publisher;
let sent;
let options;

before(async () => (registry = await FakeRegistry.start()));
after(() => registry.stop());
beforeEach(async () => {
  sent = [];
  kafka = new FakeKafka({ 'k.progress': 1, 'k.dead-letters': 1 });
  kafka.producer = (given) => {
    options = given;
    return {
      connect: async () => {},
      disconnect: async () => {},
      send: async (request) => {
        sent.push(request);
        return [{ topicName: request.topic, partition: 3, baseOffset: '41' }];
      },
    };
  };
  publisher = await EventPublisher.connect({ kafka, registry: { url: registry.url }, prefix: 'k.' });
});
afterEach(() => publisher.close());

const until = async (holds) => {
  while (!holds()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

test('an event goes to its topic, with the tenantId as its key, and its coordinates are returned', async () => {
  const value = registry.value('event/PolicyRemoved', { ...EVENT, source: '' });
  registry.add('k.policy-removed-value', JSON.stringify({ type: 'record', name: 'X', fields: [] }));
  await assert.rejects(publisher.publish('PolicyRemoved', EVENT), /eventId: X has no such field/);
  const other = await EventPublisher.connect({ kafka, registry: { url: registry.url }, prefix: 'other.' });
  registry.add('other.policy-removed-value', (await (await fetch(`${registry.url}/schemas/ids/1`)).json()).schema);

  const coordinates = await other.publish('policy-removed', EVENT);
  await other.publish('PolicyRemoved', EVENT);

  assert.deepEqual(coordinates, { topic: 'other.policy-removed', partition: 3, offset: 41 });
  assert.deepEqual(sent[0], sent[1]);
  const { topic, acks, messages } = sent[0];
  assert.deepEqual([topic, acks, messages.length, messages[0].key], ['other.policy-removed', -1, 1, 't']);
  assert.deepEqual(messages[0].value.subarray(5), value.subarray(5));
});

test('no event goes to a topic that is not an input', async () => {
  for (const name of ['warnings', 'TimeReached', 'rerouted', 'policyapplied', '']) {
    await assert.rejects(publisher.publish(name, EVENT), RangeError);
  }
});

test('the partition is that of the tenant, and a record without a key is rejected', () => {
  assert.equal(options.createPartitioner, TenantPartitioner);
  const partition = (key) => TenantPartitioner()({ topic: 'x', partitionMetadata: Array(12), message: { key } });
  assert.equal(partition('contoso'), tenantPartition('contoso', 12));
  assert.equal(partition(Buffer.from('contoso/hr')), tenantPartition('contoso', 12));
  assert.throws(() => partition(null), TypeError);
  assert.throws(() => partition(undefined), TypeError);
});

test('outcomes are read from progress and dead-letter records', async () => {
  const coordinates = (offset) => ({ topic: 'k.policy-removed', partition: 0, offset });
  const progress = (decidedUpTo, timestamp) => {
    const value = {
      partition: 0,
      partitions: 1,
      decidedUpTo,
      positions: `0:0,9${',0'.repeat(10)}`,
      applicationId: 'x',
    };
    kafka.append('k.progress', {
      key: '0',
      timestamp: `${timestamp}`,
      value: registry.value('decision/Progress', value),
    });
  };
  const deadLetter = (headers) =>
    kafka.append('k.dead-letters', {
      key: 't',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)])),
    });
  const at = (offset) => ({
    '__streams.errors.topic': 'k.policy-removed',
    '__streams.errors.partition': '0',
    '__streams.errors.offset': offset,
  });
  deadLetter({ ...at('4'), 'keyward.reason': 'INVALID_ID', 'keyward.detail': 'policyId is blank.' });
  deadLetter({ '__streams.errors.topic': '/intake/eventgrid/t', 'keyward.reason': 'INVALID_FIELD' });
  deadLetter(at('5'));
  progress(10, 20);
  progress(21, 30);

  assert.deepEqual(publisher.outcome(coordinates(3)), { kind: 'PENDING' });
  await until(() => publisher.outcome(coordinates(3)).kind === 'DECIDED');
  const refused = { kind: 'REFUSED', code: 'INVALID_ID', detail: 'policyId is blank.' };
  assert.deepEqual(publisher.outcome(coordinates(4)), refused);
  assert.equal(publisher.outcome(coordinates(5)).kind, 'DECIDED');
  assert.equal(publisher.outcome(coordinates(9)).kind, 'PENDING');
  assert.throws(() => publisher.outcome({ topic: 'k.warnings', partition: 0, offset: 0 }), RangeError);
  kafka.append('k.progress', { key: '0' });
  await until(() => publisher.outcome(coordinates(3)).kind === 'PENDING');
});
