import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { SchemaRegistry } from '../lib/registry.js';
import { TYPES } from '../lib/types.js';
import { FakeRegistry } from './fakes.js';

const erasure = {
  tenantSha256: 'ab',
  requestId: null,
  requestedAt: 1,
  erasedAt: 2,
  environments: 3,
  keys: 4,
  outputs: 5,
};
const started = [];
let fake;

beforeEach(async () => {
  fake = await FakeRegistry.start();
  started.push(fake);
});
after(() => Promise.all(started.map((one) => one.stop())));

const record = (...fields) => JSON.stringify({ type: 'record', name: 'R', fields });

test('a value is read with the schema of its id, which is requested once', async () => {
  const registry = new SchemaRegistry({ url: `${fake.url}/` });
  const value = fake.value('decision/TenantErasure', erasure);

  const read = await Promise.all([1, 2, 3].map(() => registry.read(value, TYPES.TenantErasure)));

  assert.deepEqual(read, [erasure, erasure, erasure]);
  assert.deepEqual(
    fake.requests.map(({ path }) => path),
    ['/schemas/ids/1'],
  );
});

test('an event is written with the newest schema of its topic, and nothing is registered', async () => {
  fake.add('cmk.r-value', record({ name: 'a', type: 'int' }));
  fake.add('cmk.r-value', record({ name: 'a', type: 'int' }, { name: 'b', type: 'int', default: 5 }));
  const registry = new SchemaRegistry({ url: fake.url });

  assert.equal((await registry.encode('cmk.r', { a: 1 })).toString('hex'), '0000000002020a');
  assert.equal((await registry.encode('cmk.r', { a: 1, b: 2 })).toString('hex'), '00000000020204');
  assert.deepEqual(
    fake.requests.map(({ path }) => path),
    ['/subjects/cmk.r-value/versions/latest'],
  );
  await assert.rejects(registry.encode('cmk.r', { a: 1, c: 2 }), /c: R has no such field/);
});

test('a tombstone is null', async () => {
  assert.equal(await new SchemaRegistry({ url: fake.url }).read(null, TYPES.TenantErasure), null);
});

test('a value that can never be read is undefined: another format, unknown id, other bytes, other record', async () => {
  const registry = new SchemaRegistry({ url: fake.url });
  const value = fake.value('decision/TenantErasure', erasure);
  const unknown = Buffer.from(value);
  unknown.writeInt32BE(77, 1);
  const other = fake.value('r', { a: 1 }, record({ name: 'a', type: 'int' }));
  for (const bytes of [Buffer.from('{}'), Buffer.from('plain text'), unknown, value.subarray(0, -1), other]) {
    assert.equal(await registry.read(bytes, TYPES.TenantErasure), undefined);
  }
});

test('a registry that does not answer is an error, and the request is sent again', async () => {
  const registry = new SchemaRegistry({ url: fake.url });
  const value = fake.value('decision/TenantErasure', erasure);
  fake.status = 503;
  await assert.rejects(registry.read(value, TYPES.TenantErasure), /503/);
  fake.status = 200;
  assert.deepEqual(await registry.read(value, TYPES.TenantErasure), erasure);
});

test('the first of several URLs that answers is used', async () => {
  const other = await FakeRegistry.start();
  started.push(other);
  other.status = 500;
  const registry = new SchemaRegistry({ url: `http://127.0.0.1:1, ${other.url}, ${fake.url}` });
  assert.deepEqual(await registry.read(fake.value('decision/TenantErasure', erasure), TYPES.TenantErasure), erasure);
  assert.equal(other.requests.length, 1);
});

test('user and headers are sent with each request', async () => {
  const registry = new SchemaRegistry({ url: fake.url, user: 'me:secret', headers: { 'X-Tenant': 'ops' } });
  await registry.read(fake.value('decision/TenantErasure', erasure), TYPES.TenantErasure);
  const [{ headers }] = fake.requests;
  assert.equal(headers.authorization, `Basic ${Buffer.from('me:secret').toString('base64')}`);
  assert.equal(headers['x-tenant'], 'ops');
});
