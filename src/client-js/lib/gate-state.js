import { createHash } from 'node:crypto';
import { DecidedUpTo } from './decided-up-to.js';
import { minus, union } from './intervals.js';
import { tenantPartition } from './partition.js';

// All sinks of all profiles of the rules.
export const SINKS = [
  'TENANT_REPORTING',
  'DATA_LAKE_EXPORT',
  'APPLICATION_INSIGHTS',
  'FLOW_RUN_HISTORY_IN_DATAVERSE',
  'MOBILE_NOTIFICATIONS',
  'FLOW_ACTIVITY_PAGE',
  'FLOW_FAILURE_EMAIL',
  'FAILURE_DIGEST_EMAIL',
];

const sha256 = (tenant) => createHash('sha256').update(tenant).digest('hex');
const wait = (reason, detail) => ({ kind: 'WAIT', reason, detail });

// What a gate knows by the records that it has read, and what it answers (R14, R15, R33). Times are milliseconds. `null`
// stands for a tombstone, `undefined` for a record that cannot be read.
export class GateState {
  #phase = 'STARTING';
  #decided = new DecidedUpTo();
  #asked = 0;
  #claims;
  #sinks = new Set(SINKS);
  #tenants = new Map(); // by SHA-256: {name, erasedUpTo}; Infinity: cannot be read
  #environments = new Map(); // by tenant/environment: {tenant, environment, decided, changed, signals}
  #retractions = [];

  // Reading begins, at the beginning: what was read before is forgotten.
  begins() {
    this.#phase = 'STARTING';
    this.#decided = new DecidedUpTo();
    this.#claims = undefined;
    this.#sinks = new Set(SINKS);
    this.#tenants.clear();
    this.#environments.clear();
    this.#retractions = [];
  }

  failed() {
    this.begins();
    this.#phase = 'FAILED';
  }

  // It will be asked now where the topics end.
  asks() {
    this.#asked++;
    this.#claims = this.#decided.claims();
  }

  // All has been read that was there when it was asked last.
  reachedEnds() {
    if (this.#claims === undefined) {
      return;
    }
    this.#decided.confirm(this.#claims);
    for (const environment of this.#environments.values()) {
      if (environment.changed < this.#asked) {
        environment.changed = undefined;
      }
    }
    if (this.#phase !== 'READY') {
      this.#phase = 'READY';
      this.#tellAll();
    }
  }

  progress(partition, progress, now) {
    if (progress) {
      this.#decided.read(partition, progress.partitions, progress.decidedUpTo, now);
    } else {
      this.#decided.remove(partition);
    }
  }

  decision(tenant, environment, decision) {
    const known = this.#environment(tenant, environment);
    const decided = Boolean(decision);
    if (known.decided !== decided) {
      known.decided = decided;
      known.changed = this.#asked;
    }
  }

  signal(tenant, environment, sink, signal) {
    const { signals, ...known } = this.#environment(tenant, environment);
    const before = signals.get(sink);
    this.#sinks.add(sink);
    if (signal === null) {
      if (signals.delete(sink)) {
        this.#environment(tenant, environment).changed = this.#asked;
      }
    } else if (signal === undefined) {
      signals.set(sink, { unreadable: true, forbidden: before?.forbidden ?? [] });
    } else {
      const read = readSignal(signal);
      signals.set(sink, read);
      if (this.#phase === 'READY') {
        this.#tellSignal(known, sink, minus(read.forbidden, before?.forbidden ?? []));
      }
    }
  }

  erasure(tenantSha256, erasure) {
    const tenant = this.#tenant(tenantSha256);
    const before = erased(tenant);
    tenant.erasedUpTo = Math.max(tenant.erasedUpTo, erasure === undefined ? Infinity : (erasure?.requestedAt ?? -Infinity));
    if (this.#phase === 'READY' && tenant.erasedUpTo < Infinity) {
      this.#tell({ tenant: tenant.name ?? tenantSha256 }, minus(erased(tenant), before));
    }
  }

  check(tenant, environment, sink, eventTime) {
    const time = Number(eventTime);
    if (!Number.isFinite(time)) {
      throw new RangeError(`${eventTime} is no time: a Date or milliseconds are expected.`);
    }
    if (this.#phase !== 'READY') {
      return wait(this.#phase, this.#phase === 'FAILED' ? 'Reading failed; it begins anew.' : 'Not all has been read yet.');
    }
    if (!this.#sinks.has(sink)) {
      throw new RangeError(`The sink ${sink} is not known; known are ${[...this.#sinks].join(', ')}.`);
    }
    const of = this.#tenants.get(sha256(tenant));
    if (of?.erasedUpTo === Infinity) {
      return wait('NO_DECISION', `The record of the erasure of ${tenant} cannot be read.`);
    }
    if (time < of?.erasedUpTo) {
      return { kind: 'GAP', from: undefined, until: of.erasedUpTo };
    }
    return this.#undecided(tenant, environment, sink, time) ?? this.#decidedAnswer(tenant, environment, sink, time);
  }

  #undecided(tenant, environment, sink, time) {
    const known = this.#environments.get(`${tenant}/${environment}`);
    if (!known?.decided || known.changed !== undefined || known.signals.get(sink)?.unreadable) {
      return wait('NO_DECISION', `No decision on ${tenant}/${environment} is known, or not all that belongs to it.`);
    }
    const { partitions } = this.#decided;
    const decided = partitions > 0 ? this.#decided.of(tenantPartition(tenant, partitions)) : undefined;
    if (decided === undefined || time > decided) {
      return wait('NOT_YET_DECIDED', `${tenant} is decided up to ${decided === undefined ? 'no known time' : at(decided)}.`);
    }
    return undefined;
  }

  #decidedAnswer(tenant, environment, sink, time) {
    const signal = this.#environments.get(`${tenant}/${environment}`).signals.get(sink);
    const gap = signal?.gaps.find(([from, until]) => from <= time && time < until);
    if (gap !== undefined) {
      return { kind: 'GAP', from: finite(gap[0]), until: gap[1] };
    }
    return signal !== undefined && time >= signal.from ? { kind: 'SUPPRESSED', since: signal.since } : { kind: 'PASS' };
  }

  // The retractions since the last call, in order: what is forbidden now and was not before.
  retractions() {
    const told = this.#retractions;
    this.#retractions = [];
    return told;
  }

  // By tenants, then erasures of tenants whose names are not known.
  #tellAll() {
    const environments = [...this.#environments.values()].sort(by('tenant', 'environment'));
    const tenants = [...this.#tenants].map(([hash, tenant]) => ({ ...tenant, hash })).sort(by('hash'));
    const named = tenants.filter(({ name }) => name !== undefined).sort(by('name'));
    for (const tenant of named) {
      this.#tellErasure(tenant.name, tenant);
      for (const environment of environments.filter((one) => one.tenant === tenant.name)) {
        [...environment.signals.keys()].sort().forEach((sink) => {
          this.#tellSignal(environment, sink, environment.signals.get(sink).forbidden);
        });
      }
    }
    tenants
      .filter(({ name }) => name === undefined)
      .forEach((tenant) => this.#tellErasure(tenant.hash, tenant));
  }

  #tellErasure(name, tenant) {
    this.#tell({ tenant: name }, tenant.erasedUpTo < Infinity ? erased(tenant) : []);
  }

  #tellSignal({ tenant, environment }, sink, intervals) {
    this.#tell({ tenant, environment, sink }, minus(intervals, erased(this.#tenant(sha256(tenant)))));
  }

  #tell(of, intervals) {
    for (const [from, until] of intervals) {
      this.#retractions.push({ ...of, from: finite(from), until: finite(until) });
    }
  }

  #environment(tenant, environment) {
    const key = `${tenant}/${environment}`;
    if (!this.#environments.has(key)) {
      this.#tenant(sha256(tenant)).name = tenant;
      this.#environments.set(key, { tenant, environment, decided: false, changed: undefined, signals: new Map() });
    }
    return this.#environments.get(key);
  }

  #tenant(hash) {
    if (!this.#tenants.has(hash)) {
      this.#tenants.set(hash, { name: undefined, erasedUpTo: -Infinity });
    }
    return this.#tenants.get(hash);
  }
}

function readSignal({ action, effectiveFrom, gaps }) {
  const ended = gaps.map(({ from, until }) => [from ?? -Infinity, until]);
  const from = action === 'ALLOW' ? Infinity : effectiveFrom === 0 ? -Infinity : effectiveFrom;
  return { gaps: ended, from, since: effectiveFrom, forbidden: union([...ended, [from, Infinity]]) };
}

const erased = ({ erasedUpTo }) => (erasedUpTo > -Infinity ? [[-Infinity, erasedUpTo]] : []);
const finite = (time) => (Number.isFinite(time) ? time : undefined);
const at = (time) => new Date(time).toISOString();

const by =
  (...fields) =>
  (one, other) =>
    fields.map((field) => (one[field] < other[field] ? -1 : one[field] > other[field] ? 1 : 0)).find(Boolean) ?? 0;
