import { createHash } from 'node:crypto';
import { latestEvent, requireName, requireRecord, requireTime, timeOfRecord } from './arguments.js';
import { DecidedUpTo } from './decided-up-to.js';
import { minus, union } from './intervals.js';

// The sinks of all rule profiles.
export const SINKS = Object.freeze([
  'TENANT_REPORTING',
  'DATA_LAKE_EXPORT',
  'APPLICATION_INSIGHTS',
  'FLOW_RUN_HISTORY_IN_DATAVERSE',
  'MOBILE_NOTIFICATIONS',
  'FLOW_ACTIVITY_PAGE',
  'FLOW_FAILURE_EMAIL',
  'FAILURE_DIGEST_EMAIL',
]);

const STARTING = 'The gate has not read everything yet.';

const sha256 = (tenant) => createHash('sha256').update(tenant).digest('hex');
const wait = (reason, detail) => ({ kind: 'WAIT', reason, detail });
const finite = (time) => (Number.isFinite(time) ? time : undefined);
const sorted = (values, name) => [...values].sort((one, other) => (name(one) < name(other) ? -1 : 1));

// The state of a gate, without Kafka and without a clock. It covers all tenants, so it holds only names and times. Does
// the same as io.keyward.client.GateState. Times are milliseconds. Instead of a record, null is a tombstone, and
// undefined a record that cannot be read.
export class GateState {
  #closed = wait('STARTING', STARTING);
  #decided = new DecidedUpTo();
  #claims;
  #requests = 0; // how many times the end offsets were requested
  #reached = 0; // the last request after which the ends were reached
  #sinks = new Set(SINKS);
  #tenants = new Map(); // by SHA-256
  #retractions = [];

  // Discards everything. After a failure, it keeps reporting the failure until everything has been read.
  begins() {
    this.#closed ??= wait('STARTING', STARTING);
    this.#decided = new DecidedUpTo();
    this.#claims = undefined;
    this.#requests = 0;
    this.#reached = 0;
    this.#sinks = new Set(SINKS);
    this.#tenants.clear();
    this.#retractions = [];
  }

  failed(why = 'Reading has failed.') {
    this.#closed = wait('FAILED', why);
    this.#claims = undefined;
  }

  // The end offsets are about to be requested. `now` is by the gate's monotonic clock, also below.
  asks(now) {
    this.#claims = this.#decided.claims(now);
    this.#requests++;
  }

  // Everything has been read that existed at the last request. The first time, this reports
  // everything that is forbidden.
  reachedEnds() {
    if (this.#claims !== undefined) {
      this.#decided.confirm(this.#claims);
      this.#reached = this.#requests;
      if (this.#closed !== undefined) {
        this.#closed = undefined;
        this.#reportAll();
      }
    }
  }

  // `progress.appended` is when the broker appended the record.
  progress(partition, progress, now) {
    if (requireRecord('progress', progress)) {
      this.#decided.read(partition, progress, now);
    } else {
      this.#decided.removed(partition);
    }
  }

  decision(tenant, environment, decision) {
    requireRecord('decision', decision);
    const known = this.#environment(tenant, environment);
    if (decision && !known.decided) {
      known.unsettled = this.#requests;
    }
    known.decided = Boolean(decision);
  }

  signal(tenant, environment, sink, signal) {
    const read = requireRecord('signal', signal) ? readSignal(signal) : undefined;
    const known = this.#environment(tenant, environment);
    const before = known.signals.get(sink)?.forbidden ?? [];
    if (signal === null) {
      known.signals.delete(sink);
      known.unsettled = this.#requests;
      return;
    }
    this.#sinks.add(sink);
    known.signals.set(sink, read ?? { unreadable: true, forbidden: before });
    if (this.#closed === undefined) {
      this.#reportSignal(known, sink, before);
    }
  }

  // The latest erasure of a tenant wins; one that cannot be read counts as later than any other.
  erasure(tenantSha256, erasure) {
    const upTo = requireRecord('erasure', erasure)
      ? timeOfRecord('requestedAt', erasure.requestedAt)
      : erasure === null
        ? -Infinity
        : Infinity;
    const tenant = this.#tenant(tenantSha256);
    const before = erased(tenant);
    tenant.erasedUpTo = Math.max(tenant.erasedUpTo, upTo);
    if (this.#closed === undefined) {
      this.#reportErasure(tenant, before);
    }
  }

  check(tenantId, environment, sink, eventTime, now = Date.now()) {
    requireName('tenant', tenantId);
    requireName('environment', environment);
    requireName('sink', sink);
    const time = requireTime('eventTime', eventTime, latestEvent(now));
    if (this.#closed !== undefined) {
      return this.#closed;
    }
    if (!this.#sinks.has(sink)) {
      throw new RangeError(`'${sink}' is not a sink of any rule profile.`);
    }
    const tenant = this.#tenants.get(sha256(tenantId));
    if (tenant?.erasedUpTo === Infinity) {
      return wait('NO_DECISION', "The record of the tenant's erasure cannot be read.");
    }
    if (time < tenant?.erasedUpTo) {
      return { kind: 'GAP', from: undefined, until: tenant.erasedUpTo };
    }
    const known = tenant?.environments.get(environment);
    if (!known?.decided || known.unsettled >= this.#reached) {
      return wait('NO_DECISION', 'No decision on the environment has been read with all records of its transaction.');
    }
    return this.#checkSignal(tenantId, known.signals.get(sink), time);
  }

  #checkSignal(tenantId, signal, time) {
    if (signal?.unreadable) {
      return wait('NO_DECISION', 'The newest signal of the sink cannot be read.');
    }
    const upTo = this.#decided.ofTenant(tenantId);
    if (upTo === undefined || time > upTo) {
      const known =
        upTo === undefined
          ? 'The time up to which the tenant is decided is not known.'
          : `The tenant is decided up to ${new Date(upTo).toISOString()}.`;
      return wait('NOT_YET_DECIDED', known + this.#skew());
    }
    const gap = signal?.gaps.find(([from, until]) => from <= time && time < until);
    if (gap !== undefined) {
      return { kind: 'GAP', from: finite(gap[0]), until: gap[1] };
    }
    return time >= signal?.from ? { kind: 'SUPPRESSED', since: signal.since } : { kind: 'PASS' };
  }

  // For data whose event time comes from the same clock.
  #skew() {
    const seconds = Math.floor(this.#decided.ahead / 1_000);
    return seconds < 1
      ? ''
      : ` The clock of this machine was at least ${seconds} s ahead of the brokers' when the gate was opened: ` +
          'data with times of this machine waits that much longer.';
  }

  // What has become newly forbidden since the last call, in order.
  retractions() {
    return this.#retractions.splice(0);
  }

  // Reports everything that is forbidden: of each tenant, then of erased tenants whose names are not known.
  #reportAll() {
    for (const tenant of sorted(this.#tenants.values(), ({ name, hash }) =>
      name === undefined ? `1${hash}` : `0${name}`,
    )) {
      this.#reportErasure(tenant, []);
      for (const environment of sorted(tenant.environments.values(), ({ id }) => id)) {
        sorted(environment.signals.keys(), String).forEach((sink) => this.#reportSignal(environment, sink, []));
      }
    }
  }

  #reportErasure(tenant, before) {
    const upTo = tenant.erasedUpTo < Infinity ? erased(tenant) : [];
    this.#report({ tenant: tenant.name ?? tenant.hash }, minus(upTo, before));
  }

  #reportSignal({ tenant, id, signals }, sink, before) {
    const forbidden = minus(minus(signals.get(sink).forbidden, before), erased(tenant));
    this.#report({ tenant: tenant.name, environment: id, sink }, forbidden);
  }

  #report(of, intervals) {
    this.#retractions.push(...intervals.map(([from, until]) => ({ ...of, from: finite(from), until: finite(until) })));
  }

  #environment(tenantId, id) {
    const tenant = this.#tenant(sha256(tenantId));
    tenant.name = tenantId;
    const found = tenant.environments.get(id) ?? { tenant, id, decided: false, unsettled: 0, signals: new Map() };
    tenant.environments.set(id, found);
    return found;
  }

  #tenant(hash) {
    const found = this.#tenants.get(hash) ?? { hash, name: undefined, erasedUpTo: -Infinity, environments: new Map() };
    this.#tenants.set(hash, found);
    return found;
  }
}

// 0 is the beginning of time.
function readSignal({ action, effectiveFrom, gaps }) {
  const since = timeOfRecord('effectiveFrom', effectiveFrom);
  const ended = gaps.map(({ from, until }) => [
    (from ?? undefined) === undefined ? -Infinity : timeOfRecord('from', from),
    timeOfRecord('until', until),
  ]);
  const from = action === 'ALLOW' ? Infinity : since === 0 ? -Infinity : since;
  return { gaps: ended, from, since, forbidden: union([...ended, [from, Infinity]]) };
}

const erased = ({ erasedUpTo }) => union([[-Infinity, erasedUpTo]]);
