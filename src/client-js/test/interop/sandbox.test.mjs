// Runs against a sandbox: bin/keyward sandbox. KEYWARD_KAFKA and KEYWARD_REGISTRY replace the default addresses.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { EventPublisher, SuppressionGate, WarningFeed } from '@keyward/client';

const registry = { url: process.env.KEYWARD_REGISTRY ?? 'http://127.0.0.1:8081' };
const kafka = { brokers: (process.env.KEYWARD_KAFKA ?? '127.0.0.1:9092').split(',') };
const SINK = 'TENANT_REPORTING';
const tenantId = `js-${randomUUID()}`;

const event = (fields) => ({
  eventId: randomUUID(),
  tenantId,
  occurredAt: new Date(),
  source: 'test',
  environmentId: 'hr',
  ...fields,
});
const flows = { count: 0 };
const environment = { type: 'PRODUCTION', managed: true, lifecycle: 'ACTIVE', cloudFlows: flows, desktopFlows: flows };
const key = { vaultUri: `https://kv-${tenantId.slice(0, 8)}.vault.azure.net`, keyName: 'cmk' };

const publisher = await EventPublisher.connect({ kafka, registry });
after(() => publisher.close());

async function until(ask) {
  for (let answer = ask(); ; answer = ask()) {
    if (answer) {
      return answer;
    }
    await pause(50);
  }
}

const outcome = (coordinates) =>
  until(() => {
    const known = publisher.outcome(coordinates);
    return known.kind !== 'PENDING' && known;
  });

test('events are decided or refused, and the publisher returns the outcome', async () => {
  const decided = await publisher.publish('EnvironmentChanged', event(environment));
  const refused = await publisher.publish('policy-applied', event({ policyId: ' ', key }));

  assert.equal(decided.topic, 'cmk.environment-changed');
  assert.deepEqual(await outcome(decided), { kind: 'DECIDED' });
  const { kind, code, detail } = await outcome(refused);
  assert.deepEqual([kind, code], ['REFUSED', 'INVALID_ID']);
  assert.match(detail, /^policyId is blank/);
});

test('no schema of a publisher becomes a version of its own', async () => {
  const answer = await fetch(`${registry.url}/subjects/cmk.policy-applied-value/versions`);
  assert.deepEqual(await answer.json(), [1]);
});

test('a gate lets data pass that is not suppressed, and reports what a late event suppresses', async () => {
  const delivered = [];
  const retractions = [];
  const gate = await SuppressionGate.open(
    { kafka: new kafkajs.Kafka({ ...kafka, logLevel: 1 }), registry },
    (retraction) => {
      if (retraction.tenant === tenantId && retraction.sink === SINK) {
        retractions.push([retraction, [...delivered]]);
      }
    },
  );
  after(() => gate.close());
  const time = Date.now();
  assert.equal(gate.check(tenantId, 'hr', SINK, time).reason, 'STARTING');
  await publisher.publish('EnvironmentChanged', event(environment));

  await until(() => gate.check(tenantId, 'hr', SINK, time).kind === 'PASS');
  assert.deepEqual(gate.check(tenantId, 'nowhere', SINK, time).reason, 'NO_DECISION');
  await until(() => gate.check('contoso', 'hr-prod', SINK, time).kind === 'SUPPRESSED');
  assert.throws(() => gate.check(tenantId, 'hr', 'TENANT_REPORTNG', time), RangeError);
  await gate.deliver(tenantId, 'hr', SINK, time, async () => delivered.push('usage'));

  const occurredAt = new Date(time - 60_000);
  await publisher.publish('PolicyApplied', event({ policyId: 'policy-1', key, occurredAt }));
  await until(() => retractions.length > 0);

  const [[retraction, before]] = retractions;
  assert.deepEqual(before, ['usage']);
  assert.equal(retraction.environment, 'hr');
  assert.ok(retraction.from <= time && retraction.until === undefined);
  assert.equal((await gate.deliver(tenantId, 'hr', SINK, time, assert.fail)).kind, 'SUPPRESSED');
});

test('a feed reports incidents, and resumes from its position', async () => {
  const first = await WarningFeed.open({ kafka, registry }, WarningFeed.FROM_BEGINNING);
  const received = [];
  for await (const { kind, id, warning } of first) {
    received.push(`${kind} ${id} ${warning?.sequence}`);
    if (received.length === 3) {
      break;
    }
  }
  assert.ok(received[0].startsWith('OPENED '));

  const second = await WarningFeed.open({ kafka, registry }, first.position());
  for await (const { kind, id, warning } of second) {
    const next = `${kind} ${id} ${warning?.sequence}`;
    assert.ok(!received.includes(next), next);
    received.push(next);
    if (received.length === 10) {
      break;
    }
  }
});
