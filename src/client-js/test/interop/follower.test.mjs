// Runs against a broker: KEYWARD_KAFKA=host:port
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import kafkajs from 'kafkajs';
import { Connection } from '../../lib/connection.js';
import { Follower } from '../../lib/follower.js';

const brokers = (process.env.KEYWARD_KAFKA ?? '127.0.0.1:9092').split(',');
const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
const admin = kafka.admin();
const prefix = `follower-${randomUUID()}.`;
const topic = `${prefix}outputs`;
const producers = [];
const followers = [];

const message = (value) => ({ partition: 0, key: value, value });

async function producer() {
  const transactionalId = `follower-${randomUUID()}`;
  const created = kafka.producer({
    transactionalId,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: () => () => 0,
  });
  producers.push(created);
  await created.connect();
  return {
    begin: async (...values) => {
      const transaction = await created.transaction();
      await transaction.send({ topic, messages: values.map(message) });
      return transaction;
    },
  };
}

// What a follower reports.
async function follow() {
  const reported = { values: [], ends: 0 };
  let wake = () => {};
  const reader = {
    begins() {},
    read({ value }) {
      reported.values.push(value.toString());
      wake();
    },
    asks() {},
    reachedEnds() {
      reported.ends++;
      wake();
    },
    failed(failure) {
      throw failure;
    },
  };
  reported.until = async (holds) => {
    while (!holds()) {
      await new Promise((resolve) => (wake = resolve));
    }
  };
  // The present round requested its ends before now; the next one requests them after now.
  reported.nextEnd = (wanted = reported.ends + 2) => reported.until(() => reported.ends >= wanted);
  const connection = await Connection.to({ kafka, registry: { url: 'http://127.0.0.1:1' }, prefix });
  const follower = Follower.start(connection, ['outputs'], reader);
  followers.push(follower);
  return reported;
}

before(async () => {
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
});

after(async () => {
  await Promise.all([...followers.map((one) => one.close()), ...producers.map((one) => one.disconnect())]);
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
});

test('it reaches the end after the markers of transactions, and reports what was committed', async () => {
  const one = await producer();
  const other = await producer();
  const aborted = await one.begin('a1');
  const committed = await other.begin('c1', 'c2');
  await committed.commit();
  await aborted.abort();

  const reported = await follow();
  await reported.nextEnd();

  assert.deepEqual(reported.values, ['c1', 'c2']);
});

test('it does not reach the end while a transaction is open', async () => {
  const reported = await follow();
  await reported.nextEnd();
  const open = await (await producer()).begin('open');
  const behind = await (await producer()).begin('behind');
  await behind.commit();
  // Records sent now to the other partition are read after the rounds whose ends were requested before.
  const plain = kafka.producer({ createPartitioner: () => () => 1 });
  producers.push(plain);
  await plain.connect();
  const rounds = [];
  for (const value of ['1', '2', '3']) {
    await plain.send({ topic, messages: [{ value }] });
    await reported.until(() => reported.values.includes(value));
    rounds.push(reported.ends);
  }
  assert.equal(rounds[2], rounds[1]);
  assert.ok(!reported.values.includes('behind'));
  await open.commit();
  await reported.nextEnd();

  assert.deepEqual(reported.values, ['c1', 'c2', '1', '2', '3', 'open', 'behind']);
});

test('nothing is reported of transactions that overlap and are aborted in another order than they began', async () => {
  const [one, other] = [await producer(), await producer()];
  const first = await one.begin('x1', 'x2');
  const second = await other.begin('y1');
  await second.abort();
  const third = await other.begin('z1');
  await third.commit();
  await first.abort();

  const reported = await follow();
  await reported.nextEnd();

  assert.deepEqual(
    reported.values.filter((value) => /[a-z]/.test(value)),
    ['c1', 'c2', 'open', 'behind', 'z1'],
  );
});
