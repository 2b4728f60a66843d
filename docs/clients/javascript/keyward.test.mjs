// Runs against a sandbox: bin/keyward sandbox
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { describe, follow } from './downstream.mjs';
import { registry, topic } from './keyward.mjs';
import { enforcementReported, environmentChanged, policyApplied, publish } from './upstream.mjs';

const tenant = `js-${randomUUID()}`;
const environment = 'hr';

test('what an upstream in JavaScript states is decided, and a downstream in JavaScript reads it', async () => {
  const revisions = [];
  let done;
  const decided = new Promise((resolve) => (done = resolve));
  const stop = await follow(`javascript-test-${randomUUID()}`, (key, decision) => {
    if (key === `${tenant}/${environment}`) {
      revisions.push(decision.revision);
      if (decision.encryptionState === 'CUSTOMER_MANAGED') {
        done(describe(key, decision));
      }
    }
  });
  after(stop);
  await publish([
    ['environment-changed', environmentChanged(tenant, environment)],
    ['enforcement-reported', enforcementReported(tenant, environment, 'v1')],
    ['policy-applied', policyApplied(tenant, environment)],
  ]);

  assert.equal(await decided, `${tenant}/${environment} revision 2: CUSTOMER_MANAGED, policy SUCCEEDED`);
  assert.deepEqual(revisions, [1, 2]);
});

test('no schema of a producer in JavaScript becomes a version of its own', async () => {
  const client = registry();

  assert.deepEqual(await client.getAllVersions(`${topic('policy-applied')}-value`), [1]);
});

test("Confluent's client for JavaScript registers schemas of its own", async () => {
  const subject = `javascript-${randomUUID()}-value`;
  const record = (...fields) => ({ schemaType: 'AVRO', schema: JSON.stringify({ type: 'record', name: 'R', fields }) });
  const first = record({ name: 'a', type: 'string' });
  const second = record({ name: 'a', type: 'string' }, { name: 'b', type: 'int', default: 0 });
  const incompatible = record({ name: 'c', type: 'int' });
  const client = registry();

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
