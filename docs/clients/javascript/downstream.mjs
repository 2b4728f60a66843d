// A downstream service: follows the decisions from their beginning, and prints each.
//   node downstream.mjs
import { pathToFileURL } from 'node:url';
import { kafka, outputReader, topic } from './keyward.mjs';

const DECISIONS = 'encryption-decisions';

// Calls `take(key, decision)` for each decision, and with null for an environment that is gone; returns what ends it.
// kafkajs reads committed records only, unless told otherwise: an aborted decision is never seen.
export async function follow(groupId, take) {
  const read = outputReader();
  const consumer = kafka('javascript-downstream').consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topic: topic(DECISIONS), fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => take(message.key.toString(), await read(DECISIONS, message.value)),
  });
  return () => consumer.disconnect();
}

// Revisions count from 1 without gaps, so a consumer that keeps the last one notices what it has seen already.
export const describe = (key, decision) =>
  decision === null
    ? `${key} is gone`
    : `${key} revision ${decision.revision}: ${decision.encryptionState}, policy ${decision.policyStatus}`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const stop = await follow('javascript-downstream', (key, decision) => console.log(describe(key, decision)));
  process.once('SIGINT', stop);
}
