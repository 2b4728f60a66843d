import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { compile, decode, encode, resolve } from '../lib/avro.js';
import { schemas } from '../schemas.mjs';

const folder = (name) => new URL(`../../../schemas/${name}/`, import.meta.url);
const schema = (name) => JSON.parse(readFileSync(new URL(`../../../schemas/${name}.avsc`, import.meta.url)));
const roundTrip = (text, value) => decode(compile(text), encode(compile(text), value));
const record = (...fields) => ({ type: 'record', name: 'R', namespace: 'n', fields });

// A value for a schema, with every optional field, or with none.
function example(type, full) {
  const kinds = {
    null: () => null,
    boolean: () => full,
    int: () => (full ? -2147483648 : 0),
    long: () => (full ? 1780390800000 : -1),
    string: () => (full ? 'Größe 🔑' : ''),
    enum: () => type.symbols.at(full ? 0 : -1),
    array: () => (full ? [example(type.items, full), example(type.items, false)] : []),
    union: () => example(type.branches.at(full ? -1 : 0), full),
    record: () => Object.fromEntries(type.fields.map((field) => [field.name, example(field.type, full)])),
  };
  return kinds[type.kind]();
}

describe('every schema', () => {
  for (const name of ['event', 'decision'].flatMap((part) =>
    readdirSync(folder(part)).map((file) => `${part}/${file}`),
  )) {
    test(`${name} is written and read`, () => {
      const type = compile(schema(name.replace('.avsc', '')));
      for (const full of [true, false]) {
        const value = example(type, full);
        assert.deepEqual(resolve(type, decode(type, encode(type, value))), value);
      }
    });
  }
});

test('schemas.json equals schemas/decision; if not, run `npm run schemas`', () => {
  assert.equal(readFileSync(new URL('../schemas.json', import.meta.url), 'utf8'), schemas());
});

test('index.d.ts has the fields of every event and of warnings, and marks the optional ones', () => {
  const types = readFileSync(new URL('../index.d.ts', import.meta.url), 'utf8');
  const declared = (name) => {
    const [, base, body] = new RegExp(`export interface ${name} (?:extends (\\w+) )?{\n(.*?)\n}`, 's').exec(types);
    const own = [...body.matchAll(/^ {2}(\w+)(\??):/gm)].map(([, field, optional]) => field + optional);
    return base ? [...declared(base), ...own] : own;
  };
  const all = readdirSync(folder('event')).map((file) => `event/${file.replace('.avsc', '')}`);
  const inputs = all.filter((name) => !/TimeReached|TenantErased|KeyHint|KeyWatch/.test(name));
  assert.equal(inputs.length, 9);
  for (const name of inputs) {
    const fields = schema(name).fields.map((field) => field.name + (field.default === undefined ? '' : '?'));
    assert.deepEqual(declared(name.split('/')[1]), fields, name);
  }
  assert.deepEqual(
    declared('Warning'),
    schema('decision/Warning').fields.map(({ name }) => name),
  );
});

test('the bytes are those of the Avro specification', () => {
  const type = compile(
    record({ name: 'a', type: 'long' }, { name: 'b', type: 'string' }, { name: 'c', type: ['null', 'int'] }),
  );
  assert.equal(encode(type, { a: 300, b: 'foo', c: null }).toString('hex'), 'd80406666f6f00');
  assert.equal(encode(type, { a: -64, b: '', c: 1 }).toString('hex'), '7f000202');
});

test('a long beyond 2^53 is a BigInt', () => {
  for (const long of [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)]) {
    assert.equal(roundTrip('long', long), long);
  }
  assert.throws(() => encode(compile('long'), 2n ** 63n), TypeError);
  assert.throws(() => encode(compile('long'), 2 ** 53), TypeError);
});

test('a time may be given as a Date', () => {
  assert.equal(roundTrip({ type: 'long', logicalType: 'timestamp-millis' }, new Date(1780390800000)), 1780390800000);
  assert.throws(() => encode(compile('long'), new Date('never')), TypeError);
});

test('an array may come in blocks with their sizes', () => {
  const blocks = Buffer.from([0x03, 0x04, 0x02, 0x04, 0x02, 0x06, 0x00]);
  assert.deepEqual(decode(compile({ type: 'array', items: 'int' }), blocks), [1, 2, 3]);
});

test('a field that the writer did not know gets its default, and one that the reader does not know is dropped', () => {
  const reader = compile(
    record({ name: 'a', type: 'int' }, { name: 'b', type: { type: 'array', items: 'int' }, default: [] }),
  );
  const [one, other] = [1, 2].map((a) => resolve(reader, { a, c: true }));
  assert.deepEqual(one, { a: 1, b: [] });
  assert.notEqual(one.b, other.b);
  assert.throws(() => resolve(reader, { b: [] }), /a: is missing/);
});

test('a symbol that the reader does not know becomes the default', () => {
  const symbols = (...names) => ({ type: 'enum', name: 'E', symbols: names, default: 'UNKNOWN' });
  const reader = compile(record({ name: 'e', type: ['null', symbols('A', 'UNKNOWN')], default: null }));
  assert.deepEqual(resolve(reader, { e: 'B' }), { e: 'UNKNOWN' });
  assert.deepEqual(resolve(reader, { e: 'A' }), { e: 'A' });
  assert.throws(() => resolve(compile({ type: 'enum', name: 'E', symbols: ['A'] }), 'B'), /no symbol B/);
});

test('an error about a value names the field and what it must be', () => {
  const type = compile(schema('event/EnvironmentChanged'));
  const value = { ...example(type, true) };
  const refused = (changes) => () => encode(type, { ...value, ...changes });
  assert.throws(refused({ tenantId: 7 }), { name: 'TypeError', message: 'tenantId: must be string' });
  assert.throws(refused({ cloudFlows: { count: 1.5 } }), /^TypeError: cloudFlows.count: must be int/);
  assert.throws(
    refused({ hostedMachineGroups: [{ groupId: 'g' }] }),
    /hostedMachineGroups\[0\].provisionedAt: must be a Date, an ISO 8601 string with a zone, or whole milliseconds/,
  );
  assert.throws(
    refused({ lifecycle: 'DEAD' }),
    /lifecycle: must be one of ACTIVE, DELETED, PURGED, RESET, UNKNOWN/,
  );
  assert.throws(refused({ region: 1 }), /region: must be null or string/);
  assert.throws(refused({ desktopFlow: {} }), /desktopFlow: io.keyward.event.EnvironmentChanged has no such field/);
  assert.throws(() => encode(type, undefined), /value: must be io.keyward.event.EnvironmentChanged/);
});

test('bytes that are not a value are rejected', () => {
  const type = compile(record({ name: 'a', type: 'string' }));
  for (const bytes of [[], [0x06, 0x66], [0x01], [0x02, 0x66, 0x00], Array(11).fill(0xff)]) {
    assert.throws(() => decode(type, Buffer.from(bytes)), TypeError);
  }
  assert.throws(() => decode(compile(['null', 'int']), Buffer.from([0x04])), TypeError);
  assert.throws(() => decode(compile({ type: 'enum', name: 'E', symbols: ['A'] }), Buffer.from([0x02])), TypeError);
  assert.throws(() => compile({ type: 'map', values: 'int' }), TypeError);
});
