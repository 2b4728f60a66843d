// Keeps an outside system in step with the incidents: posts each notice to a URL as a CloudEvent 1.0 in structured mode, at
// least once and in order. The file says up to where that is done; run one of these at a time for each file.
//   node webhook.mjs URL POSITION_FILE
import { open, readFile, rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { WarningFeed } from '@keyward/client';
import { settings } from './settings.mjs';

const [url, file] = process.argv.slice(2);
const LONGEST_PAUSE = 60_000;
const TIMEOUT = 10_000;

const feed = await WarningFeed.open(settings, await stored());
await store(feed.position());
process.once('SIGTERM', () => feed.close());
for await (const notice of feed) {
  await post(JSON.stringify(cloudEvent(notice)));
  await store(feed.position());
}

// The same notice always has the same id, so that the receiver finds repeated ones. Where no record says that the incident
// has ended, there is neither a sequence nor a time; it is the last event of the incident.
function cloudEvent({ kind, id, key, warning }) {
  const type = kind.toLowerCase();
  return {
    specversion: '1.0',
    id: `${id}/${warning?.sequence || type}`,
    source: '/keyward/warnings',
    type: `io.keyward.warning.${type}`,
    subject: id,
    datacontenttype: 'application/json',
    time: warning && iso(warning.cause.occurredAt),
    data: { key, ...(warning && describe(warning)) },
  };
}

function describe({
  raisedAt,
  clearedAt,
  tenantId,
  environmentId,
  environmentName,
  code,
  sequence,
  severity,
  ...rest
}) {
  const { message, remediation, subjectCount, subjects } = rest;
  const about = { tenantId, environmentId, environmentName, code, sequence, severity, message, remediation };
  return {
    ...about,
    raisedAt: iso(raisedAt),
    subjectCount,
    clearedAt: clearedAt === null ? undefined : iso(clearedAt),
    subjects,
  };
}

function iso(time) {
  return new Date(time).toISOString();
}

// Returns once it is accepted: a receiver that refuses one for good stops them all, and the log says so.
async function post(body) {
  const headers = { 'Content-Type': 'application/cloudevents+json' };
  for (let wait = 100; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
    const signal = AbortSignal.timeout(TIMEOUT);
    const answer = await fetch(url, { method: 'POST', headers, body, signal }).catch((failure) => failure);
    if (answer.ok) {
      return;
    }
    console.warn(`${JSON.parse(body).id}: ${answer.status ?? answer.message}`);
    await pause(wait);
  }
}

// Without a file, it begins with all that the topic holds; a file that says FROM_NOW begins with what comes.
async function stored() {
  return (await readFile(file, 'utf8').catch(() => WarningFeed.FROM_BEGINNING)).trim();
}

// Whoever reads the file finds the old position or the new one, also after the machine has failed.
async function store(position) {
  const written = await open(`${file}.new`, 'w');
  await written.writeFile(position);
  await written.sync();
  await written.close();
  await rename(`${file}.new`, file);
}
