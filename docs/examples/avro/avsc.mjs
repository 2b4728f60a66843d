// Makes types of all schemas in schemas/event and schemas/decision with avsc; then writes and reads an event.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import avro from 'avsc'

// Without it, a time is a number of milliseconds.
class Time extends avro.types.LogicalType {
  _fromValue(milliseconds) {
    return new Date(milliseconds)
  }

  _toValue(time) {
    return time instanceof Date ? time.getTime() : undefined
  }
}

const types = new Map()
for (const folder of ['event', 'decision']) {
  const directory = new URL(`../../../schemas/${folder}/`, import.meta.url)
  for (const file of readdirSync(directory)) {
    // Each file with a registry of its own, which is avsc's default: several files define KeyReference, for example.
    const schema = JSON.parse(readFileSync(new URL(file, directory), 'utf8'))
    const type = avro.Type.forSchema(schema, { logicalTypes: { 'timestamp-millis': Time } })
    const value = type.random()
    assert.equal(type.compare(type.fromBuffer(type.toBuffer(value)), value), 0, file)
    types.set(type.name, type)
  }
}

const rotated = types.get('io.keyward.event.KeyRotated')
const written = {
  eventId: 'e1',
  tenantId: 'acme',
  occurredAt: new Date('2026-03-01T09:00:00Z'),
  source: 'example',
  vaultUri: 'https://acme.vault.azure.net',
  keyName: 'cmk',
  newVersion: 'v2',
  previousVersion: null,
  expiresAt: new Date('2027-03-01T09:00:00Z'),
}
const read = rotated.fromBuffer(rotated.toBuffer(written))
assert.deepEqual({ ...read }, written)
console.log(`${types.size} types; ${JSON.stringify(read)}`)
