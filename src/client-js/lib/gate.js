import { Connection } from './connection.js';
import { Follower } from './follower.js';
import { GateState, SINKS } from './gate-state.js';
import { TYPES } from './types.js';

const SCHEMAS = {
  'encryption-decisions': 'EncryptionDecision',
  'analytics-suppressions': 'AnalyticsSuppression',
  erasures: 'TenantErasure',
  progress: 'Progress',
};

// A clock that starts at the machine's time and never jumps.
const monotonic = () => performance.timeOrigin + performance.now();

export class SuppressionGate {
  static SINKS = SINKS;

  #registry;
  #onRetraction;
  #follower;
  #state = new GateState();
  #closed = false;
  #deliveries = new Set();
  #reporting;

  static async open(settings, onRetraction) {
    const connection = await Connection.to(settings);
    const gate = new SuppressionGate();
    gate.#registry = connection.registry;
    gate.#onRetraction = onRetraction;
    gate.#follower = Follower.start(connection, Object.keys(SCHEMAS), gate.#reader());
    return gate;
  }

  check(tenant, environment, sink, eventTime) {
    return this.#state.check(tenant, environment, sink, eventTime);
  }

  async deliver(tenant, environment, sink, eventTime, delivery) {
    if (typeof delivery !== 'function') {
      throw new TypeError('delivery: must be a function');
    }
    while (this.#reporting !== undefined) {
      await this.#reporting;
    }
    const answer = this.check(tenant, environment, sink, eventTime);
    if (answer.kind === 'PASS') {
      const running = Promise.resolve(delivery());
      this.#deliveries.add(running);
      await running.finally(() => this.#deliveries.delete(running));
    }
    return answer;
  }

  async close() {
    this.#closed = true;
    this.#state.failed('The gate is closed.');
    await this.#follower.close();
  }

  // A closed gate ignores what the follower still reads: it stays closed.
  #reader() {
    const unlessClosed = (change) => async (argument) => {
      if (!this.#closed) {
        change(argument);
        await this.#report();
      }
    };
    return {
      begins: unlessClosed(() => this.#state.begins()),
      read: async (record) => {
        const value = await this.#registry.read(record.value, TYPES[SCHEMAS[record.topic]]);
        await unlessClosed(() => this.#take(record, value))();
      },
      asks: unlessClosed(() => this.#state.asks(monotonic())),
      reachedEnds: unlessClosed(() => this.#state.reachedEnds()),
      failed: unlessClosed((failure) => this.#state.failed(`Reading failed: ${failure.message}.`)),
    };
  }

  #take({ topic, key, timestamp }, value) {
    const names = key.split('/');
    if (topic === 'progress') {
      this.#state.progress(Number(key), value && { ...value, appended: timestamp }, monotonic());
    } else if (topic === 'erasures') {
      this.#state.erasure(key, value);
    } else if (topic === 'encryption-decisions') {
      this.#state.decision(...names, value);
    } else {
      this.#state.signal(...names, value);
    }
  }

  // Reports retractions while no delivery runs, so that each retraction covers what was delivered before.
  async #report() {
    const retractions = this.#state.retractions();
    if (retractions.length === 0) {
      return;
    }
    let done;
    this.#reporting = new Promise((resolve) => (done = resolve));
    try {
      await Promise.allSettled([...this.#deliveries]);
      for (const retraction of retractions) {
        await this.#onRetraction(retraction);
      }
    } finally {
      this.#reporting = undefined;
      done();
    }
  }
}
