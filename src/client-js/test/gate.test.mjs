import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { SuppressionGate } from '../index.js';
import { FakeKafka, FakeRegistry } from './fakes.js';

const NOON = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;
const CAUSE = { eventType: 'x', eventId: 'x', occurredAt: 0, topic: 'x', partition: 0, offset: 0 };
const TOPICS = { 'k.encryption-decisions': 1, 'k.analytics-suppressions': 1, 'k.erasures': 1, 'k.progress': 1 };

let registry;
let kafka;
let gate;
let reported;

before(async () => (registry = await FakeRegistry.start()));
after(() => registry.stop());
beforeEach(() => {
  kafka = new FakeKafka(TOPICS);
  reported = [];
});
afterEach(() => gate.close());

const open = async (onRetraction = (retraction) => reported.push(retraction)) => {
  gate = await SuppressionGate.open({ kafka, registry: { url: registry.url }, prefix: 'k.' }, onRetraction);
};
const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (holds) => {
  while (!holds()) {
    await turn();
  }
};
const check = (time, sink = 'TENANT_REPORTING') => gate.check('t', 'e', sink, time);
const answered = (kind, time) => until(() => check(time).kind === kind);

function progress(decidedUpTo) {
  const value = { partition: 0, partitions: 1, decidedUpTo, positions: '', applicationId: 'x' };
  const timestamp = `${decidedUpTo}`;
  kafka.append('k.progress', { key: '0', timestamp, value: registry.value('decision/Progress', value) });
}

function decided() {
  const value = {
    ...{
      tenantId: 't',
      environmentId: 'e',
      revision: 1,
      decidedAt: 0,
      encryptionState: 'DELETED',
      policyStatus: 'NONE',
    },
    ...{ components: [], retainUntil: [], openWarnings: [], suppressedSinks: [], ruleProfile: 'x', cause: CAUSE },
  };
  kafka.append('k.encryption-decisions', { key: 't/e', value: registry.value('decision/EncryptionDecision', value) });
  progress(NOON);
  progress(Date.now() + MINUTE);
}

function signal(effectiveFrom) {
  const value = {
    ...{ tenantId: 't', environmentId: 'e', sink: 'TENANT_REPORTING', action: 'SUPPRESS', effectiveFrom },
    ...{ reason: 'R14', revision: 1, ruleProfile: 'x', cause: CAUSE, gaps: [] },
  };
  const bytes = registry.value('decision/AnalyticsSuppression', value);
  kafka.append('k.analytics-suppressions', { key: 't/e/TENANT_REPORTING', value: bytes });
}

function erasure(requestedAt) {
  const key = createHash('sha256').update('t').digest('hex');
  const value = { tenantSha256: key, requestedAt, erasedAt: 0, environments: 0, keys: 0, outputs: 0 };
  kafka.append('k.erasures', { key, value: registry.value('decision/TenantErasure', value) });
}

test('it enforces decisions, signals, erasures and progress', async () => {
  decided();
  signal(NOON - MINUTE);
  erasure(NOON - 2 * MINUTE);
  await open();
  assert.equal(check(NOON).reason, 'STARTING');
  await answered('SUPPRESSED', NOON);

  assert.deepEqual(check(NOON), { kind: 'SUPPRESSED', since: NOON - MINUTE });
  assert.deepEqual(check(new Date(NOON - MINUTE - 1)), { kind: 'PASS' });
  assert.deepEqual(check(NOON - 3 * MINUTE), { kind: 'GAP', from: undefined, until: NOON - 2 * MINUTE });
  assert.equal(check(NOON + 1, 'DATA_LAKE_EXPORT').reason, 'NOT_YET_DECIDED');
  assert.deepEqual(reported, [
    { tenant: 't', from: undefined, until: NOON - 2 * MINUTE },
    { tenant: 't', environment: 'e', sink: 'TENANT_REPORTING', from: NOON - MINUTE, until: undefined },
  ]);
});

test('it rejects an unknown sink', async () => {
  decided();
  await open();
  await answered('PASS', NOON);

  assert.throws(() => check(NOON, 'TENANT_REPORTNG'), RangeError);
});

test('a retraction waits for deliveries, and deliveries wait for it', async () => {
  const steps = [];
  let arrives;
  let takenBack;
  decided();
  await open(async () => {
    steps.push('retraction begins');
    await new Promise((resolve) => (takenBack = resolve));
    steps.push('retraction ends');
  });
  await answered('PASS', NOON);

  const slow = gate.deliver('t', 'e', 'TENANT_REPORTING', NOON, async () => {
    steps.push('delivery begins');
    await new Promise((resolve) => (arrives = resolve));
    steps.push('delivery ends');
  });
  await until(() => steps.length === 1);
  signal(NOON - MINUTE);
  await answered('SUPPRESSED', NOON);
  const early = gate.deliver('t', 'e', 'TENANT_REPORTING', NOON - MINUTE - 1, () => steps.push('later delivery'));
  await turn();
  assert.deepEqual(steps, ['delivery begins']);
  arrives();
  assert.equal((await slow).kind, 'PASS');
  await until(() => takenBack !== undefined);
  await turn();
  assert.deepEqual(steps, ['delivery begins', 'delivery ends', 'retraction begins']);
  takenBack();

  assert.equal((await early).kind, 'PASS');
  assert.deepEqual(steps.slice(3), ['retraction ends', 'later delivery']);
});

test('nothing forbidden is delivered, and deliver rejects with what the delivery throws', async () => {
  decided();
  signal(NOON - MINUTE);
  await open();
  await answered('SUPPRESSED', NOON);

  const deliver = (time, delivery) => gate.deliver('t', 'e', 'TENANT_REPORTING', time, delivery);
  assert.equal((await deliver(NOON, assert.fail)).kind, 'SUPPRESSED');
  const failing = () => {
    throw new Error('full');
  };
  const before = NOON - 2 * MINUTE;
  await assert.rejects(deliver(before, failing), /full/);
  await assert.rejects(
    deliver(before, async () => failing()),
    /full/,
  );
  signal(NOON - 2 * MINUTE);
  await until(() => reported.length === 2);
});

test('if the listener throws, it restarts and reports everything again', async () => {
  decided();
  signal(NOON - MINUTE);
  await open((retraction) => {
    if (reported.push(retraction) === 1) {
      throw new Error('cannot take back');
    }
  });
  await until(() => reported.length === 1 && check(NOON).reason === 'FAILED');
  await answered('SUPPRESSED', NOON);

  assert.equal(reported.length, 2);
  assert.deepEqual(reported[0], reported[1]);
});

test('while the registry does not answer, it waits', async () => {
  decided();
  registry.status = 503;
  await open();
  await until(() => check(NOON).reason === 'FAILED');
  registry.status = 200;
  await answered('PASS', NOON);
});

test('a record that can never be read holds data back', async () => {
  decided();
  kafka.append('k.analytics-suppressions', { key: 't/e/TENANT_REPORTING', value: Buffer.from('{}') });
  await open();
  await until(() => check(NOON, 'DATA_LAKE_EXPORT').kind === 'PASS');
  assert.equal(check(NOON).reason, 'NO_DECISION');
});

test('a closed gate lets nothing pass', async () => {
  decided();
  await open();
  await answered('PASS', NOON);
  await gate.close();
  assert.equal(check(NOON).reason, 'FAILED');
});
