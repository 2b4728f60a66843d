// The cases that the Java client and this package both run: src/client/cases.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { FeedState, GateState, OutcomeState, tenantPartition } from '../index.js';
import { partitionOfKey } from '../lib/partition.js';

const cases = (name) => JSON.parse(readFileSync(new URL(`../../client/cases/${name}.json`, import.meta.url)));
const ms = (time) => (time === undefined ? undefined : Date.parse(time));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const plain = (value) => JSON.parse(JSON.stringify(value));

// `record` as it was read, null if it was removed, undefined if it cannot be read.
const readAs = (step, record) => (step.removed ? null : step.unreadable ? undefined : record);

function run(name, perform) {
  describe(name, () => {
    for (const { name: title, steps } of cases(name)) {
      test(title, () => {
        const step = perform();
        steps.forEach((one, index) => step(one, `step ${index}: ${JSON.stringify(one)}`));
      });
    }
  });
}

function signals(state, step) {
  for (const name of ['begins', 'failed', 'asks', 'reachedEnds']) {
    if (step[name]) {
      state[name](...(name === 'asks' ? [ms(step.at)] : []));
    }
  }
}

const times = (value, names) =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, names.includes(name) ? ms(one) : one]));

run('gate', () => {
  const state = new GateState();
  return (step, where) => {
    signals(state, step);
    if (step.progress) {
      const { partition, partitions, decidedUpTo } = step.progress;
      const read = { partitions, decidedUpTo: ms(decidedUpTo), appended: ms(step.appended ?? step.at) };
      state.progress(partition, readAs(step.progress, read), ms(step.at));
    } else if (step.decision) {
      state.decision(step.decision.tenant, step.decision.environment, readAs(step.decision, {}));
    } else if (step.signal) {
      const { tenant, environment, sink, action, effectiveFrom, gaps } = step.signal;
      const read = gaps && {
        action,
        effectiveFrom: ms(effectiveFrom),
        gaps: gaps.map((gap) => times(gap, ['from', 'until'])),
      };
      state.signal(tenant, environment, sink, readAs(step.signal, read));
    } else if (step.erasure) {
      state.erasure(sha256(step.erasure.tenant), readAs(step.erasure, { requestedAt: ms(step.erasure.requestedAt) }));
    } else if (step.check) {
      const { tenant, environment, sink, eventTime } = step.check;
      const ask = () => state.check(tenant, environment, sink, new Date(eventTime), ms(step.at));
      if (step.answer.kind === 'REFUSED') {
        assert.throws(ask, RangeError, where);
      } else {
        const { detail, ...answer } = ask();
        assert.deepEqual(plain(answer), times(step.answer, ['since', 'from', 'until']), where);
      }
    } else if (step.retractions) {
      assert.deepEqual(
        plain(state.retractions()),
        step.retractions.map((one) => times(one, ['from', 'until'])),
        where,
      );
    }
  };
});

run('outcome', () => {
  const state = new OutcomeState();
  return (step, where) => {
    const at = ms(step.at) ?? 0;
    signals(state, step);
    if (step.progress) {
      const { partition, partitions, decidedUpTo, positions } = step.progress;
      const progress = { partitions, decidedUpTo: ms(decidedUpTo), positions };
      state.progress(partition, readAs(step.progress, progress), ms(step.written));
    } else if (step.refused) {
      state.refused(step.refused, step.refused.code, step.refused.detail);
    } else if (step.outcome && step.is.kind === 'INVALID') {
      assert.throws(() => state.outcome(step.outcome, at), RangeError, where);
    } else if (step.outcome) {
      assert.deepEqual(state.outcome(step.outcome, at), step.is, where);
    } else if (step.due) {
      assert.deepEqual(state.due(at), step.due, where);
    } else if (step.ends) {
      state.ends(step.ends.topic, new Map(step.ends.offsets.entries()), ms(step.sent));
    }
  };
});

run('feed', () => {
  const state = new FeedState();
  return (step, where) => {
    if (step.warning) {
      state.read(step.warning.key, readAs(step.warning, step.warning), step.silent);
    } else {
      assert.deepEqual(
        state.take().map(({ kind, id }) => ({ kind, id })),
        step.reported,
        where,
      );
    }
  };
});

describe('partition', () => {
  for (const { key, partitions, partition } of cases('partition')) {
    test(`${key} of ${partitions}`, () => {
      assert.equal(partitionOfKey(key, partitions), partition);
      assert.equal(tenantPartition(key.split('/')[0], partitions), partition);
    });
  }
});

test('a gate whose clock is ahead reports it', () => {
  const [noon, hour] = [Date.parse('2026-03-02T12:00:00Z'), 3_600_000];
  const state = new GateState();
  state.begins();
  state.decision('t', 'e', {});
  state.asks(noon + hour);
  state.reachedEnds();
  const wait = () => state.check('t', 'e', 'TENANT_REPORTING', noon + hour).detail;
  assert.doesNotMatch(wait(), /clock/);
  state.progress(0, { partitions: 1, decidedUpTo: noon, appended: noon + 2_000 }, noon + hour + 2_000);
  assert.match(wait(), /The clock of this machine was at least 3598 s ahead of the brokers'/);
});

test('every code stays known after a flood of dead-letter records', () => {
  const state = new OutcomeState();
  const coordinates = (offset) => ({ topic: 'cmk.key-rotated', partition: 0, offset });
  for (let offset = 0; offset <= 100_000; offset++) {
    state.refused(coordinates(offset), 'INVALID_ID', `detail ${offset}`);
  }
  const older = { kind: 'REFUSED', code: 'INVALID_ID', detail: 'See the dead-letter record of this event for details.' };
  assert.deepEqual(state.outcome(coordinates(0)), older);
  assert.equal(state.outcome(coordinates(1)).detail, 'detail 1');
});
