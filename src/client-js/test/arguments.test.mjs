// Arguments that callers may pass by mistake: every public method rejects them, and no data passes because of them.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import * as kit from '../index.js';
import { FakeKafka, FakeRegistry } from './fakes.js';

const { DecidedUpTo, EventPublisher, GateState, OutcomeState, SuppressionGate, WarningFeed, tenantPartition } = kit;

const NOW = Date.now();
const NOON = Date.UTC(2026, 2, 2, 12);
const DAY = 86_400_000;
const EARLIEST = Date.UTC(2015, 0, 1);
const SINK = 'TENANT_REPORTING';
const SECONDS = Math.floor(NOON / 1000);

// Values whose type is not that of a time.
const NO_TYPE_OF_TIME = [
  ...[undefined, null, true, false, 0n, BigInt(NOON), Symbol('noon'), [], [NOON], [new Date(NOON)], {}],
  ...[{ valueOf: () => NOON }, { toString: () => String(NOON) }, { getTime: () => NOON }, () => NOON, /1/, new Map()],
  ...[new Number(NOON), new String('2026-03-02T12:00:00Z'), Object.create(null), new Proxy(new Date(NOON), {})],
  ...[Object.create(Date.prototype), { [Symbol.toPrimitive]: () => NOON }, Promise.resolve(NOON), new Error('x')],
];
// Values of such a type that are not a time an event can have.
const NO_TIME = [
  ...[NaN, Infinity, -Infinity, 0, -0, 1, -1, -NOON, NOON + 0.5, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53],
  ...[SECONDS, SECONDS + 0.25, NOON * 1000, NOON * 1_000_000, EARLIEST - 1],
  ...[new Date('never'), new Date(0), new Date(SECONDS), new Date(EARLIEST - 1), new Date(8.64e15)],
  ...['', ' ', '\0', '0', 'yesterday', 'now', String(NOON), String(SECONDS), '2026', '2026-03-02', '2026-03-02T12:00'],
  ...['2026-03-02T12:00:00', '2026-03-02 12:00:00Z', ' 2026-03-02T12:00:00Z', '2026-03-02T12:00:00Z\n'],
  ...['Mon, 02 Mar 2026 12:00:00 GMT', '2026-03-02T12:00:00 UTC', '2026-02-30T12:00:00Z', '2026-02-29T12:00:00Z'],
  ...['2026-03-02T24:00:00Z', '2026-03-02T12:60:00Z', '2026-03-02T12:00:00+99:00', '2026-03-02T12:00:00+0100'],
  ...['+002026-03-02T12:00:00Z', '1970-01-01T00:00:00Z', '2014-12-31T23:59:59.999Z'],
];
// Times that are too late for something that has happened, but not for something expected, such as an expiry.
const AHEAD = [NOW + 2 * DAY, new Date(NOW + 2 * DAY), '9999-12-31T23:59:59Z'];
const TIMES = [
  ...[NOON, new Date(NOON), '2026-03-02T12:00:00Z', '2026-03-02T12:00Z', '2026-03-02T12:00:00.000000Z'],
  ...['2026-03-02T13:00:00+01:00', '2026-03-02T06:30:00.000-05:30', runInNewContext(`new Date(${NOON})`)],
];
const NO_NAME = [undefined, null, true, 0, 1, NaN, 1n, Symbol('t'), '', [], ['t'], {}, { toString: () => 't' }, () => 't'];

const settings = (registry) => ({ kafka: new FakeKafka({ 'k.progress': 1 }), registry, prefix: 'k.' });
const isTypeError = { name: 'TypeError' };
const isRefusal = ({ name }) => name === 'TypeError' || name === 'RangeError';

// A gate through which all data of one environment passes.
function openState() {
  const state = new GateState();
  state.decision('t', 'e', {});
  state.progress(0, { partitions: 1, decidedUpTo: NOW - 1000, appended: NOW }, NOW);
  state.progress(0, { partitions: 1, decidedUpTo: NOW + 2 * DAY, appended: NOW + 2 * DAY }, NOW);
  state.asks(NOW);
  state.reachedEnds();
  return state;
}

describe('a gate', () => {
  const state = openState();
  const check = (time) => state.check('t', 'e', SINK, time);

  test('accepts every form of a time', () => {
    for (const time of TIMES) {
      assert.deepEqual(check(time), { kind: 'PASS' }, inspect(time));
    }
    assert.deepEqual(check(EARLIEST), { kind: 'PASS' });
    state.signal('t', 'e', SINK, { action: 'SUPPRESS', effectiveFrom: NOON, gaps: [] });
    for (const time of TIMES) {
      assert.deepEqual(check(time), { kind: 'SUPPRESSED', since: NOON }, inspect(time));
    }
    state.signal('t', 'e', SINK, null);
    state.asks(NOW);
    state.reachedEnds();
  });

  for (const time of NO_TYPE_OF_TIME) {
    test(`rejects what is not a time: ${inspect(time)}`, () => {
      assert.throws(() => check(time), isTypeError);
    });
  }
  for (const time of [...NO_TIME, ...AHEAD]) {
    test(`rejects an impossible time: ${inspect(time)}`, () => {
      assert.throws(() => check(time), { name: 'RangeError', message: /^eventTime: .*must be/ });
    });
  }

  test('accepts times up to a day ahead of its clock', () => {
    const at = (time) => state.check('t', 'e', SINK, time, NOON);
    assert.deepEqual(at(NOON + DAY), { kind: 'PASS' });
    assert.throws(() => at(NOON + DAY + 1), RangeError);
    assert.throws(() => state.check('t', 'e', SINK, NOON, NaN), RangeError);
  });

  test('names the unit that an impossible time looks like', () => {
    assert.throws(() => check(1795972009), /1795972009.* looks like seconds/);
    assert.throws(() => check(new Date(1795972009)), /1970-01-21T18:52:52\.009Z.* looks like seconds/);
    assert.throws(() => check(NOON * 1000), /looks like microseconds/);
    assert.throws(() => check(NOON * 1_000_000), /looks like nanoseconds/);
    assert.throws(() => check('2026-03-02T12:00:00'), /'2026-03-02T12:00:00'/);
    assert.throws(() => check(0), (failure) => !/looks like/.test(failure.message));
  });

  test('rejects names that are not strings, and lets nothing pass for unknown names', () => {
    for (const name of NO_NAME) {
      assert.throws(() => state.check(name, 'e', SINK, NOON), isTypeError);
      assert.throws(() => state.check('t', name, SINK, NOON), isTypeError);
      assert.throws(() => state.check('t', 'e', name, NOON), isTypeError);
    }
    for (const name of ['T', ' t', 't ', 't\0', 'constructor', '__proto__', 't/e', 'NaN', 'undefined']) {
      assert.equal(state.check(name, 'e', SINK, NOON).reason, 'NO_DECISION');
      assert.equal(state.check('t', name, SINK, NOON).reason, 'NO_DECISION');
      assert.throws(() => state.check('t', 'e', name, NOON), RangeError);
    }
    for (const sink of ['tenant_reporting', 'Tenant_Reporting', 'TENANT_REPORTING ', 'TENANT-REPORTING']) {
      assert.throws(() => state.check('t', 'e', sink, NOON), RangeError);
    }
  });

  test('also rejects them before anything has been read', () => {
    const starting = new GateState();
    assert.throws(() => starting.check('t', 'e', SINK, null), TypeError);
    assert.throws(() => starting.check('t', 'e', SINK, SECONDS), RangeError);
    assert.throws(() => starting.check(null, 'e', SINK, NOON), TypeError);
    assert.equal(starting.check('t', 'e', SINK, NOON).reason, 'STARTING');
  });

  test('rejects what is not a record, so that nothing passes because of it', () => {
    for (const record of [true, false, 0, 1, '', 'x', 1n, Symbol('x'), [], () => ({})]) {
      assert.throws(() => state.decision('t', 'e', record), isTypeError);
      assert.throws(() => state.signal('t', 'e', SINK, record), isTypeError);
      assert.throws(() => state.erasure('00', record), isTypeError);
      assert.throws(() => state.progress(0, record, NOW), isTypeError);
    }
    const noTimes = [undefined, null, true, '', '2026-03-02T12:00:00Z', NaN, Infinity, -Infinity, 0.5, [], {}, Symbol('x')];
    for (const time of noTimes) {
      const signal = (more) => state.signal('t', 'e', SINK, { action: 'SUPPRESS', effectiveFrom: 0, gaps: [], ...more });
      assert.throws(() => signal({ effectiveFrom: time }), isTypeError);
      assert.throws(() => signal({ gaps: [{ until: time }] }), isTypeError);
      if (time !== null && time !== undefined) {
        assert.throws(() => signal({ gaps: [{ from: time, until: NOON }] }), isTypeError);
      }
      assert.throws(() => state.erasure('00', { requestedAt: time }), isTypeError);
      assert.throws(() => state.progress(0, { partitions: 1, decidedUpTo: time, appended: NOW }, NOW), isTypeError);
      assert.throws(() => new DecidedUpTo().read(0, { partitions: 1, decidedUpTo: time, appended: NOW }, NOW), isTypeError);
      assert.throws(() => new DecidedUpTo().read(0, { partitions: 1, decidedUpTo: NOW, appended: time }, NOW), isTypeError);
    }
    assert.deepEqual(check(NOON), { kind: 'PASS' });
    for (const now of [...NO_TYPE_OF_TIME, ...NO_TIME].filter((time) => time !== NOON + 0.5)) {
      assert.throws(() => state.progress(0, { partitions: 1, decidedUpTo: NOON, appended: NOON }, now), isRefusal);
      assert.throws(() => new DecidedUpTo().read(0, { partitions: 1, decidedUpTo: NOON, appended: NOON }, now), isRefusal);
    }
  });

  test('accepts times of records in the types that libraries return', () => {
    for (const time of [new Date(NOON), BigInt(NOON), NOON]) {
      state.signal('t', 'e', SINK, { action: 'SUPPRESS', effectiveFrom: time, gaps: [{ from: time, until: time }] });
      assert.equal(check(NOON - 1).kind, 'PASS');
      assert.deepEqual(check(NOON), { kind: 'SUPPRESSED', since: NOON });
    }
  });
});

describe('with Kafka', () => {
  let registry;
  let opened;
  before(async () => (registry = await FakeRegistry.start()));
  after(() => registry.stop());
  afterEach(() => opened?.close());

  test('a gate rejects them in check and in deliver, and delivers nothing', async () => {
    opened = await SuppressionGate.open(settings({ url: registry.url }), () => {});
    for (const time of [...NO_TYPE_OF_TIME, ...NO_TIME, ...AHEAD]) {
      assert.throws(() => opened.check('t', 'e', SINK, time), isRefusal);
      await assert.rejects(opened.deliver('t', 'e', SINK, time, assert.fail), isRefusal);
    }
    for (const name of NO_NAME) {
      for (const names of [[name, 'e', SINK], ['t', name, SINK], ['t', 'e', name]]) {
        assert.throws(() => opened.check(...names, NOON), isTypeError);
        await assert.rejects(opened.deliver(...names, NOON, assert.fail), isTypeError);
      }
    }
    for (const delivery of [undefined, null, true, 'x', {}, Promise.resolve()]) {
      await assert.rejects(opened.deliver('t', 'e', SINK, NOON, delivery), isTypeError);
    }
  });

  test('a publisher rejects an event with such a time, and what are not coordinates', async () => {
    const kafka = new FakeKafka({ 'k.progress': 1, 'k.dead-letters': 1 });
    const sent = [];
    const send = async ({ topic }) => (sent.push(topic), [{ partition: 0, baseOffset: '1' }]);
    kafka.producer = () => ({ connect: async () => {}, disconnect: async () => {}, send });
    opened = await EventPublisher.connect({ kafka, registry: { url: registry.url }, prefix: 'k.' });
    const key = { vaultUri: 'https://v.example', keyName: 'k', newVersion: '1' };
    const rotated = { eventId: '1', tenantId: 't', occurredAt: NOON, source: '', ...key };
    registry.value('event/KeyRotated', rotated);
    registry.add('k.key-rotated-value', (await (await fetch(`${registry.url}/schemas/ids/1`)).json()).schema);

    for (const time of [...NO_TYPE_OF_TIME, ...NO_TIME, ...AHEAD]) {
      await assert.rejects(opened.publish('KeyRotated', { ...rotated, occurredAt: time }), isRefusal);
    }
    await assert.rejects(opened.publish('KeyRotated', { ...rotated, occurredAt: SECONDS }), /occurredAt: .*seconds/);
    for (const time of [...NO_TYPE_OF_TIME.slice(2), ...NO_TIME]) {
      await assert.rejects(opened.publish('KeyRotated', { ...rotated, expiresAt: time }), isRefusal);
    }
    for (const event of [undefined, null, 'x', 1, [], () => rotated, { ...rotated, tenantId: 1 }]) {
      await assert.rejects(opened.publish('KeyRotated', event), isTypeError);
    }
    for (const name of NO_NAME) {
      await assert.rejects(opened.publish(name, rotated), isRefusal);
    }
    assert.deepEqual(sent, []);
    for (const time of TIMES) {
      await opened.publish('KeyRotated', { ...rotated, occurredAt: time, expiresAt: time });
    }
    for (const time of [undefined, null, ...AHEAD]) {
      await opened.publish('KeyRotated', { ...rotated, expiresAt: time });
    }
    assert.equal(sent.length, TIMES.length + 2 + AHEAD.length);
    invalidCoordinates((coordinates) => opened.outcome(coordinates), 'k.');
  });

  test('a feed rejects what is not a position', async () => {
    for (const start of [...NO_TYPE_OF_TIME, NaN, 0, 'from_now', ['0=1'], [[]], new String('0=1')]) {
      await assert.rejects(WarningFeed.open(settings({ url: registry.url }), start), RangeError);
    }
  });
});

function invalidCoordinates(ask, prefix) {
  const coordinates = { topic: `${prefix}policy-applied`, partition: 0, offset: 0 };
  for (const number of [undefined, null, true, '', '0', NaN, Infinity, -1, 0.5, 0n, [], [0], {}, Symbol('0')]) {
    assert.throws(() => ask({ ...coordinates, partition: number }), isRefusal);
    assert.throws(() => ask({ ...coordinates, offset: number }), isRefusal);
  }
  for (const topic of [undefined, null, 0, '', 'policy-applied', `${prefix}POLICY-APPLIED`, [coordinates.topic], {}]) {
    assert.throws(() => ask({ ...coordinates, topic }), isRefusal);
  }
  for (const one of [undefined, null, 0, '', [], coordinates.topic]) {
    assert.throws(() => ask(one), isRefusal);
  }
}

test('an outcome state rejects what are not coordinates, and what is not a progress record', () => {
  const state = new OutcomeState();
  invalidCoordinates((coordinates) => state.outcome(coordinates), 'cmk.');
  for (const time of [undefined, null, '', 'x', NaN, Infinity, 0.5, []]) {
    const progress = { partitions: 1, decidedUpTo: NOON, positions: `0:0${',0'.repeat(11)}` };
    assert.throws(() => state.progress(0, { ...progress, decidedUpTo: time }, NOON), isTypeError);
    assert.throws(() => state.progress(0, progress, time), isTypeError);
  }
});

test('a partition needs a string and a positive number of partitions', () => {
  for (const tenant of NO_NAME.filter((name) => name !== '')) {
    assert.throws(() => tenantPartition(tenant, 3), isTypeError);
  }
  for (const partitions of [undefined, null, '3', 0, -1, 1.5, NaN, Infinity, 3n, [3]]) {
    assert.throws(() => tenantPartition('t', partitions), isRefusal);
  }
});
