import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { WarningFeed } from '../index.js';
import { FakeKafka, FakeRegistry } from './fakes.js';

const CAUSE = { eventType: 'x', eventId: 'x', occurredAt: 0, topic: 'x', partition: 0, offset: 0 };

let registry;
let kafka;

before(async () => (registry = await FakeRegistry.start()));
after(() => registry.stop());
beforeEach(() => (kafka = new FakeKafka({ 'cmk.warnings': 2 })));

const open = (start) => WarningFeed.open({ kafka, registry: { url: registry.url } }, start);

function warn(incident, sequence, status, partition = 0) {
  const value = registry.value('decision/Warning', {
    ...{ tenantId: 't', environmentId: 'e', code: 'C', incident, sequence, status, severity: 'ERROR' },
    ...{ message: `${incident}${sequence}`, remediation: '', raisedAt: 0, ruleProfile: 'x', cause: CAUSE },
  });
  kafka.append('cmk.warnings', { key: `t/e/${partition}`, partition, value });
}

const short = ({ kind, id }) => `${kind} ${id}`;

// Takes this many notices, and leaves the loop.
async function take(feed, count) {
  const notices = [];
  for await (const notice of feed) {
    notices.push(notice);
    if (notices.length === count) {
      break;
    }
  }
  return notices;
}

test('from the beginning, it reports everything that the topic holds', async () => {
  warn('A', 1, 'RAISED');
  warn('A', 2, 'UPDATED');
  kafka.append('cmk.warnings', { key: 't/e/0' });
  const notices = await take(await open(WarningFeed.FROM_BEGINNING), 3);

  assert.deepEqual(notices.map(short), ['OPENED t/e/0/A', 'UPDATED t/e/0/A', 'CLOSED t/e/0/A']);
  assert.equal(notices[1].warning.message, 'A2');
  assert.equal(notices[1].key, 't/e/0');
  assert.equal(notices[2].warning, undefined);
});

test('from now, it knows what is open, and reports what follows', async () => {
  warn('A', 1, 'RAISED');
  warn('B', 1, 'RAISED', 1);
  const feed = await open(WarningFeed.FROM_NOW);
  warn('A', 2, 'UPDATED');

  assert.deepEqual((await take(feed, 1)).map(short), ['UPDATED t/e/0/A']);
  assert.equal(feed.position(), '0=2,1=1');
});

test('it resumes from a position, and knows what was opened before', async () => {
  warn('A', 1, 'RAISED');
  warn('A', 2, 'UPDATED');
  const first = await open(WarningFeed.FROM_BEGINNING);
  await take(first, 1);
  assert.equal(first.position(), '0=1');
  warn('A', 3, 'CLEARED');
  warn('B', 1, 'RAISED', 1);

  const notices = await take(await open(first.position()), 3);
  assert.deepEqual(notices.map(short).sort(), ['CLOSED t/e/0/A', 'OPENED t/e/1/B', 'UPDATED t/e/0/A']);
});

test('a position covers a record once all its notices were taken', async () => {
  warn('A', 1, 'RAISED');
  warn('B', 1, 'RAISED');
  const positions = [];
  const feed = await open(WarningFeed.FROM_BEGINNING);
  for await (const notice of feed) {
    positions.push([short(notice), feed.position()]);
    if (positions.length === 3) {
      break;
    }
  }
  assert.deepEqual(positions, [
    ['OPENED t/e/0/A', '0=1'],
    ['CLOSED t/e/0/A', '0=1'],
    ['OPENED t/e/0/B', '0=2'],
  ]);
});

test('after a failure it restarts, and does not repeat a notice that was taken', async () => {
  warn('A', 1, 'RAISED');
  const feed = await open(WarningFeed.FROM_BEGINNING);
  const received = [];
  for await (const notice of feed) {
    received.push(short(notice));
    if (received.length === 2) {
      break;
    }
    kafka.failures = [new Error('broken')];
    warn('A', 2, 'UPDATED');
  }
  assert.deepEqual(received, ['OPENED t/e/0/A', 'UPDATED t/e/0/A']);
  assert.ok(kafka.connections > 2);
});

test('everything on a partition that ends before the position is reported', async () => {
  warn('A', 1, 'RAISED');
  assert.deepEqual((await take(await open('0=7,1=0'), 1)).map(short), ['OPENED t/e/0/A']);
});

test('a record that can never be read is skipped', async () => {
  kafka.append('cmk.warnings', { key: 't/e/0', value: Buffer.from('{}') });
  warn('A', 1, 'RAISED');
  assert.deepEqual((await take(await open(''), 1)).map(short), ['OPENED t/e/0/A']);
});

test('it rejects what is not a position, and a topic that is missing', async () => {
  for (const start of ['now', '0', '0=', '0=1,', 'x=1', undefined]) {
    await assert.rejects(open(start), RangeError);
  }
  kafka.logs.clear();
  await assert.rejects(open(WarningFeed.FROM_NOW), /cmk.warnings is missing/);
});

test('closing it ends the loop', async () => {
  const feed = await open(WarningFeed.FROM_BEGINNING);
  const ended = take(feed, 1);
  await feed.close();
  assert.deepEqual(await ended, []);
});
