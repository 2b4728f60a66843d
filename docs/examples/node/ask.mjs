// Asks whether data may be delivered, until that is known.
//   node ask.mjs TENANT ENVIRONMENT SINK EVENT_TIME
import { setTimeout as pause } from 'node:timers/promises';
import { SuppressionGate } from '@keyward/client';
import { settings } from './settings.mjs';

const [tenant, environment, sink, eventTime] = process.argv.slice(2);
const gate = await SuppressionGate.open(settings, () => {});
const ask = () => gate.check(tenant, environment, sink, eventTime);
let answer = ask();
for (; answer.kind === 'WAIT'; answer = ask()) {
  console.error(`${answer.reason}: ${answer.detail}`);
  await pause(500);
}
const time = answer.since ?? answer.until;
console.log(answer.kind, time === undefined ? '' : new Date(time).toISOString());
await gate.close();
