// A pipeline that delivers usage data to a sink, and obeys Keyward's signals. What it reads are lines like
//   {"id": "1", "tenant": "contoso", "environment": "hr-prod", "time": "2026-11-30T12:00:00Z"}
// It prints what it does with each. Replace these lines, `warehouse` and `held` by what you have; all must outlast a restart.
//   node pipeline.mjs SINK <usage.jsonl
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { SuppressionGate } from '@keyward/client';
import { settings } from './settings.mjs';

const [sink = 'TENANT_REPORTING'] = process.argv.slice(2);
const warehouse = new Map(); // what was delivered
const held = new Map(); // what is kept back

const gate = await SuppressionGate.open(settings, (retraction) => {
  for (const row of warehouse.values()) {
    if (covers(retraction, row)) {
      warehouse.delete(row.id);
      console.log(`${row.id} taken back`);
    }
  }
});

// Of an erased tenant that is not known otherwise, the retraction has the SHA-256.
function covers({ tenant, environment, sink: of = sink, from = -Infinity, until = Infinity }, row) {
  const sha256 = createHash('sha256').update(row.tenant).digest('hex');
  const time = Date.parse(row.time);
  return (
    (tenant === row.tenant || tenant === sha256) &&
    (environment === undefined || environment === row.environment) &&
    of === sink &&
    from <= time &&
    time < until
  );
}

async function handle(row) {
  const deliver = () => warehouse.set(row.id, row);
  let answer;
  try {
    answer = await gate.deliver(row.tenant, row.environment, sink, row.time, deliver);
  } catch (error) {
    // The gate throws if a row has no time, or one that cannot be one: nothing can say that it may pass.
    console.log(`${row.id} is never delivered: ${error.message}`);
    return;
  }
  if (answer.kind === 'WAIT') {
    held.set(row.id, row);
  } else {
    held.delete(row.id);
    console.log(`${row.id} ${answer.kind}`);
  }
}

setInterval(() => held.forEach(handle), 1_000);
process.once('SIGINT', () => gate.close().then(() => process.exit()));
for await (const line of createInterface({ input: process.stdin })) {
  await handle(JSON.parse(line));
}
