import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Connection } from '../lib/connection.js';
import { Follower, uncommittedEnds } from '../lib/follower.js';
import { FakeKafka } from './fakes.js';

let kafka;
let follower;
let calls;
let wake;

beforeEach(() => {
  kafka = new FakeKafka({ 'p.a': 2, 'p.b': 1 });
  calls = [];
  wake = () => {};
});
afterEach(() => follower?.close());

const until = async (holds) => {
  while (!holds()) {
    await new Promise((resolve) => (wake = resolve));
  }
};

async function start(read = () => {}) {
  const called = (what) => {
    calls.push(what);
    wake();
  };
  const reader = {
    begins: () => called('begins'),
    read: (record) => (called(record.value.toString()), read(record)),
    asks: () => called('asks'),
    reachedEnds: () => called('ends'),
    failed: (failure) => called(`failed: ${failure.message}`),
  };
  const connection = await Connection.to({ kafka, registry: { url: 'http://127.0.0.1:1' }, prefix: 'p.' });
  follower = Follower.start(connection, ['a', 'b'], reader);
}

const append = (topic, value, more) => kafka.append(topic, { value: Buffer.from(value), ...more });
const marker = (topic, producerId, type) =>
  kafka.append(topic, { producerId, inTransaction: true, isControlRecord: true, key: Buffer.from([0, 0, 0, type]) });
const count = (what) => calls.filter((one) => one === what).length;
const values = () => calls.filter((one) => /^\d$/.test(one));

test('it reads all partitions from the earliest offset, reports that it has, and requests the ends again', async () => {
  append('p.a', '1');
  append('p.a', '2', { partition: 1 });
  append('p.b', '3');
  await start();
  await until(() => count('ends') === 1);

  assert.deepEqual(calls.slice(0, 2), ['begins', 'asks']);
  assert.deepEqual(values().sort(), ['1', '2', '3']);
  append('p.b', '4');
  await until(() => count('4') === 1 && count('ends') >= 3);
  assert.equal(count('begins'), 1);
});

test('records have their coordinates, timestamps and contents', async () => {
  const records = [];
  append('p.b', '1');
  append('p.b', '2', { key: 'schlüssel', timestamp: '1780390800000', headers: { h: Buffer.from('x') } });
  await start((record) => records.push(record));
  await until(() => records.length === 2);

  const { key, offset, partition, timestamp, topic, headers } = records[1];
  assert.deepEqual([topic, partition, offset, timestamp, key], ['b', 0, 1, 1780390800000, 'schlüssel']);
  assert.equal(headers.h.toString(), 'x');
});

test('records of aborted transactions are not read, in whatever order the transactions began and ended', async () => {
  append('p.b', '1', { producerId: '7', inTransaction: true });
  append('p.b', '2', { producerId: '8', inTransaction: true });
  append('p.b', '3', { producerId: '9', inTransaction: true });
  append('p.b', '4');
  marker('p.b', '8', 0);
  append('p.b', '5', { producerId: '8', inTransaction: true });
  marker('p.b', '9', 1);
  marker('p.b', '7', 0);
  marker('p.b', '8', 1);
  append('p.b', '6', { producerId: '7', inTransaction: true });
  marker('p.b', '7', 1);
  kafka.logs.get('p.b/0').aborted = [
    { producerId: '8', firstOffset: '1' },
    { producerId: '7', firstOffset: '0' },
  ];
  await start();
  await until(() => count('ends') === 1);

  assert.deepEqual(values(), ['3', '4', '5', '6']);
});

test('it continues after a batch of which compaction removed records', async () => {
  append('p.b', '1');
  const log = kafka.logs.get('p.b/0');
  log[0].batchContext.lastOffsetDelta = 3;
  log.push(undefined, undefined, undefined);
  await start();
  await until(() => count('ends') === 1);

  assert.deepEqual(values(), ['1']);
});

test('it retries after a transient failure', async () => {
  append('p.b', '1');
  await start();
  await until(() => count('ends') === 1);
  kafka.failures = [Object.assign(new Error('not the leader'), { retriable: true, type: 'NOT_LEADER_FOR_PARTITION' })];
  append('p.b', '2');
  await until(() => count('2') === 1);

  assert.equal(count('begins'), 1);
  assert.deepEqual(values(), ['1', '2']);
});

test('after another failure, of Kafka or of the reader, it restarts', async () => {
  let fails = true;
  append('p.b', '1');
  await start(() => {
    if (fails) {
      fails = false;
      throw new Error('the reader cannot');
    }
  });
  await until(() => count('ends') === 1);
  assert.deepEqual(calls.slice(0, 5), ['begins', 'asks', '1', 'failed: the reader cannot', 'begins']);

  const gone = Object.assign(new Error('out of range'), { retriable: true, name: 'KafkaJSOffsetOutOfRange' });
  kafka.failures = [gone];
  await until(() => count('begins') === 3 && count('1') === 3);
  assert.equal(count('failed: out of range'), 1);
});

test('a topic that gets more partitions is read again', async () => {
  append('p.b', '1');
  await start();
  await until(() => count('ends') === 1);
  kafka.logs.set('p.b/1', []);
  append('p.b', '2', { partition: 1 });
  await until(() => count('2') === 1);

  assert.equal(count('failed: the partition count of a topic has changed'), 1);
  assert.equal(count('1'), 2);
});

test('it requests the ends, because the end in a fetch can be too low', async () => {
  append('p.b', '1');
  append('p.b', '2');
  const log = kafka.logs.get('p.b/0');
  kafka.fetched = () => wake();
  log.shown = 1; // as a new leader does that does not know yet how far its followers are
  await start();
  await until(() => count('1') === 1 && kafka.fetches > 5);
  assert.equal(count('ends'), 0);
  log.shown = undefined;
  await until(() => count('ends') === 1);
  assert.deepEqual(values(), ['1', '2']);
});

test('a topic that is missing is a failure', async () => {
  kafka.logs.delete('p.b/0');
  await start();
  await until(() => count('failed: the topic p.b is missing') === 1);
});

test('records that are read while it is closed are not passed on', async () => {
  append('p.b', '1');
  append('p.b', '2');
  await start(() => void follower.close());
  await until(() => count('1') === 1);
  await follower.close();

  assert.deepEqual(values(), ['1']);
});

test('a Kafka of another library is rejected', async () => {
  const [symbol] = Object.getOwnPropertySymbols(kafka);
  delete kafka[symbol];
  const connection = await Connection.to({ kafka, registry: { url: 'http://127.0.0.1:1' } });
  assert.throws(() => Follower.start(connection, ['a'], {}), /requires a Kafka of kafkajs 2.2/);
});

test('the ends of a topic are by partition, and a topic that is missing has none', async () => {
  append('p.a', '1', { partition: 1 });
  const connection = await Connection.to({ kafka, registry: { url: 'http://127.0.0.1:1' } });
  const ends = (topic) => uncommittedEnds(connection.cluster(), topic);

  assert.deepEqual([...(await ends('p.a'))], [[0, 0], [1, 1]]);
  assert.deepEqual([...(await ends('p.c'))], []);
});
