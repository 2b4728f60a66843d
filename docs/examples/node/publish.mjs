// Publishes that an environment exists and that a policy was applied to it, and waits for what becomes of these events.
//   node publish.mjs TENANT ENVIRONMENT
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EventPublisher } from '@keyward/client';
import { settings } from './settings.mjs';

const [tenantId = 'acme', environmentId = 'web'] = process.argv.slice(2);
const base = () => ({ eventId: randomUUID(), tenantId, occurredAt: new Date(), source: 'node-example', environmentId });
const flows = { count: 0 };
const environment = { type: 'PRODUCTION', managed: true, lifecycle: 'ACTIVE', cloudFlows: flows, desktopFlows: flows };
const policy = { policyId: 'policy-1', key: { vaultUri: 'https://kv-acme.vault.azure.net', keyName: 'cmk' } };

const publisher = await EventPublisher.connect(settings);
const published = [
  await publisher.publish('EnvironmentChanged', { ...base(), ...environment }),
  await publisher.publish('PolicyApplied', { ...base(), ...policy }),
];
for (const coordinates of published) {
  let outcome = publisher.outcome(coordinates);
  for (; outcome.kind === 'PENDING'; outcome = publisher.outcome(coordinates)) {
    await pause(200);
  }
  console.log(`${coordinates.topic} ${coordinates.partition}@${coordinates.offset}: ${Object.values(outcome).join(' ')}`);
}
await publisher.close();
