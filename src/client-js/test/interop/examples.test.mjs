// docs/examples/node against a sandbox, after `npm install` there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';

const folder = new URL('../../../../docs/examples/node/', import.meta.url);
const started = [];
after(() => Promise.all(started.map(stop)));

async function stop(program) {
  if (program.exitCode === null && program.signalCode === null) {
    program.kill('SIGKILL');
    await once(program, 'exit');
  }
}

function start(...args) {
  const program = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(program);
  return program;
}

async function all(stream) {
  const parts = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return parts;
}

test('publish.mjs prints the outcome of its events', async () => {
  const program = start('publish.mjs', `js-${randomUUID()}`, 'web');
  const lines = await all(createInterface({ input: program.stdout }));

  assert.equal(program.exitCode ?? (await once(program, 'exit'))[0], 0);
  assert.equal(lines.length, 2);
  assert.match(lines[0], /^cmk.environment-changed \d+@\d+: DECIDED$/);
  assert.match(lines[1], /^cmk.policy-applied \d+@\d+: DECIDED$/);
});

test('pipeline.mjs delivers, drops, and holds back', async () => {
  const program = start('pipeline.mjs', 'TENANT_REPORTING');
  const tenant = `js-${randomUUID()}`;
  const rows = [
    { id: 'refused', tenant, environment: 'web', time: new Date(0) },
    { id: 'dropped', tenant: 'contoso', environment: 'hr-prod', time: new Date() },
    { id: 'held', tenant, environment: 'web', time: '2020-01-01T00:00:00Z' },
  ];
  rows.forEach((row) => program.stdin.write(`${JSON.stringify(row)}\n`));
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  assert.match((await lines.next()).value, /^refused is never delivered: eventTime: '1970-/);
  assert.equal((await lines.next()).value, 'dropped SUPPRESSED');
  await once(start('publish.mjs', tenant, 'web'), 'exit');
  assert.equal((await lines.next()).value, 'held PASS');
  program.stdin.end();
  program.kill('SIGINT');
  assert.equal((await once(program, 'exit'))[0], 0);
});

test('webhook.mjs posts every notice in order to a server that fails half of the time', async (t) => {
  const work = await mkdtemp(join(tmpdir(), 'webhook-'));
  const accepted = [];
  let requests = 0;
  let wake = () => {};
  const server = createServer(async (request, answer) => {
    const event = JSON.parse((await all(request)).join(''));
    const fails = requests++ % 2 === 0;
    if (!fails) {
      accepted.push(event);
      wake();
    }
    answer.writeHead(fails ? 503 : 204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const until = async (count) => {
    while (accepted.length < count) {
      await new Promise((resolve) => (wake = resolve));
    }
  };
  const file = join(work, 'position');
  t.after(async () => {
    await Promise.all(started.map(stop));
    server.close();
    server.closeAllConnections();
    await rm(work, { recursive: true });
  });
  const url = `http://127.0.0.1:${server.address().port}/incidents`;

  const first = start('webhook.mjs', url, file);
  await until(5);
  await stop(first);
  const position = await readFile(file, 'utf8');
  assert.match(position, /^\d+=\d+(,\d+=\d+)*$/);
  const before = accepted.length;
  start('webhook.mjs', url, file);
  await until(before + 5);

  for (const { subject } of accepted) {
    const order = accepted.filter((event) => event.subject === subject).map(({ data }) => data.sequence);
    assert.deepEqual(
      order,
      [...order].sort((one, other) => one - other),
    );
  }
  const [{ specversion, type, data }] = accepted;
  assert.deepEqual([specversion, type, data.sequence], ['1.0', 'io.keyward.warning.opened', 1]);
  const repeated = accepted.length - new Set(accepted.map(({ id }) => id)).size;
  assert.ok(repeated <= 1, `${repeated} were posted again`);
});
