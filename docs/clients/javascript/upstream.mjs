// An upstream service: states that an environment exists, that a policy was applied to it, and which key its data is under.
//   node upstream.mjs TENANT ENVIRONMENT
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { eventWriter, kafka, topic } from './keyward.mjs';

// Every event says which it is, whose, when it became true, and who says so.
const base = (tenantId) => ({
  eventId: randomUUID(),
  tenantId,
  occurredAt: Date.now(),
  source: 'javascript-example',
});

export const environmentChanged = (tenantId, environmentId) => ({
  ...base(tenantId),
  environmentId,
  type: 'PRODUCTION',
  managed: true,
  lifecycle: 'ACTIVE',
  cloudFlows: { count: 0 },
  desktopFlows: { count: 0 },
});

export const policyApplied = (tenantId, environmentId) => ({
  ...base(tenantId),
  environmentId,
  policyId: 'policy-1',
  key: { vaultUri: `https://kv-${tenantId}.vault.azure.net`, keyName: 'cmk' },
});

// What the owner of a component's data finds there: no order, and no promise. Without `key`, the Microsoft-managed key.
export const enforcementReported = (tenantId, environmentId, keyVersion) => ({
  ...base(tenantId),
  environmentId,
  component: 'DATAVERSE',
  phase: 'SUCCEEDED',
  items: [{ key: { vaultUri: `https://kv-${tenantId}.vault.azure.net`, keyName: 'cmk', keyVersion }, count: 1200 }],
  complete: true,
});

export async function publish(events) {
  const write = eventWriter();
  const producer = kafka('javascript-upstream').producer({ idempotent: true });
  await producer.connect();
  try {
    for (const [name, event] of events) {
      // The key decides the partition, and all of a tenant's facts must meet on one.
      const value = await write(name, event);
      await producer.send({ topic: topic(name), acks: -1, messages: [{ key: event.tenantId, value }] });
    }
  } finally {
    await producer.disconnect();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [tenantId = 'contoso', environmentId = 'hr'] = process.argv.slice(2);
  await publish([
    ['environment-changed', environmentChanged(tenantId, environmentId)],
    ['policy-applied', policyApplied(tenantId, environmentId)],
    ['enforcement-reported', enforcementReported(tenantId, environmentId, 'v1')],
  ]);
  console.log(`Published 3 events of ${tenantId}/${environmentId}.`);
}
