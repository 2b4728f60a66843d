// Times are milliseconds since 1970-01-01T00:00:00Z.
import type { ICustomPartitioner, Kafka, KafkaConfig } from 'kafkajs';

/**
 * A `Date`, an ISO 8601 string with a zone (`2026-03-02T12:00:00Z`), or whole milliseconds. Another type causes a
 * TypeError. A time before 2015-01-01 causes a RangeError, and so does the time of something that has happened if it is
 * more than a day ahead of this machine's clock. A machine whose clock is more than a day behind rejects current times.
 */
export type Time = number | Date | string;

/** How to reach Kafka and the schema registry. */
export interface Settings {
  /** The argument of kafkajs' `Kafka` constructor, or such a `Kafka`. */
  kafka: KafkaConfig | Kafka;
  registry: RegistrySettings;
  /** The prefix of the topics; default `cmk.`. */
  prefix?: string;
}

export interface RegistrySettings {
  /** One or more URLs, separated by commas. */
  url: string;
  /** `user:password` for Basic authentication. */
  user?: string;
  /** More headers of each request. */
  headers?: Record<string, string>;
  /** The timeout of a request in milliseconds; default 10,000. */
  timeout?: number;
}

// Publishing

/** The coordinates of a record: its topic, partition and offset. */
export interface Coordinates {
  /** The full name, with the prefix. */
  topic: string;
  partition: number;
  offset: number;
}

/**
 * The outcome of an event, as far as a reader of `progress` and `dead-letters` knows.
 *
 * - `PENDING`: not known yet; ask again. It stays so while the processor is down or behind, or while its outputs
 *   cannot be read.
 * - `DECIDED`: the event is among the facts, and everything that follows from it is written to the outputs, including
 *   the fan-out of keys with many environments.
 * - `REFUSED`: the event was refused and changes nothing. Correct it, and publish it again. `detail` is one sentence
 *   that names the field; it may be shortened, and never quotes a whole event.
 * - `UNKNOWN`: there is no record with these coordinates, as far as the cluster knows: the topic was recreated
 *   or deleted, or they belong to another cluster. Do not wait: publish the event again. `why` is one sentence
 *   or two, for logs.
 */
export type Outcome =
  | { kind: 'PENDING' }
  | { kind: 'DECIDED' }
  | { kind: 'REFUSED'; code: RefusalCode; detail: string }
  | { kind: 'UNKNOWN'; why: string };

export type RefusalCode =
  | 'UNREADABLE'
  | 'WRONG_SCHEMA'
  | 'MISSING_VALUE'
  | 'INVALID_ID'
  | 'INVALID_FIELD'
  | 'TIMESTAMP_IN_FUTURE'
  | 'TOO_LARGE'
  | (string & {});

/**
 * Publishes events to Keyward, each to its topic and the partition of its tenant, and returns their outcome.
 *
 * When `publish` resolves, Kafka has stored the event. The processor reads it later and may refuse it: see `outcome`.
 */
export class EventPublisher {
  /** Connects to Kafka, and rejects if it does not answer. The registry does not have to be reachable yet. */
  static connect(settings: Settings): Promise<EventPublisher>;
  /**
   * Sends an event, and resolves with its coordinates once all in-sync replicas have it.
   *
   * Rejects with a TypeError that names the field if the event does not fit the schema that Keyward has registered, and
   * with a RangeError if it has a time before 2015, or an `occurredAt` more than a day ahead of this machine's clock.
   * Other times, such as an expiry, may lie further ahead.
   *
   * Rejects with another error if Kafka or the registry rejects the event or takes too long. The event may be stored
   * even then: publish it again with the same `eventId`.
   *
   * @param name of the event or of its topic, such as `KeyRotated` or `key-rotated`. Any other name causes a RangeError
   */
  publish<N extends keyof Events>(name: N, event: Events[N]): Promise<Coordinates>;
  /**
   * The outcome of the event with these coordinates, as far as it is known now (R33). A refused event is
   * never reported as decided.
   *
   * The first call starts to read `progress` and `dead-letters` from the earliest offset. Until the reader has caught
   * up, and while it fails, the answer is PENDING. The user needs the right to read both topics. An answer can go back
   * to PENDING after the processor has recovered its state.
   *
   * If nothing is known of a record for 10 seconds, the reader asks Kafka whether it exists. If it does not, the answer
   * is UNKNOWN. An acknowledged record is never unknown while it is stored. If a topic was recreated and has grown past
   * the old record, the answer is about the new one.
   *
   * @param coordinates as returned by `publish`, of this publisher or another one for the same topics
   * @throws RangeError if they are not in an input topic, or if a number is not a whole number, 0 or greater
   */
  outcome(coordinates: Coordinates): Outcome;
  /** Stops reading, and disconnects from Kafka. */
  close(): Promise<void>;
}

export interface Event {
  /** Identifies the fact: an event that is sent again changes nothing. */
  eventId: string;
  tenantId: string;
  /** When the fact became true at its source. */
  occurredAt: Time;
  /** The service that publishes the event, for people. */
  source?: string;
}

export interface KeyReference {
  vaultUri: string;
  keyName: string;
  keyVersion?: string | null;
}

export type RevocationCause =
  | 'KEY_DISABLED'
  | 'KEY_DELETED'
  | 'VAULT_DELETED'
  | 'ACCESS_REMOVED'
  | 'NETWORK_BLOCKED'
  | 'POLICY_DELETED'
  | 'KEY_EXPIRED'
  | 'OTHER'
  | 'UNKNOWN';

export interface PolicyApplied extends Event {
  environmentId: string;
  policyId: string;
  key: KeyReference;
}

export interface PolicyRemoved extends Event {
  environmentId: string;
  policyId: string;
}

export interface KeyRotated extends Event {
  vaultUri: string;
  keyName: string;
  newVersion: string;
  previousVersion?: string | null;
  expiresAt?: Time | null;
}

export interface KeyRevoked extends Event {
  vaultUri: string;
  keyName: string;
  /** Absent or null: the whole key. */
  keyVersion?: string | null;
  cause: RevocationCause;
}

export interface KeyRestored extends Event {
  vaultUri: string;
  keyName: string;
  /** Absent or null: the whole key. */
  keyVersion?: string | null;
  /** Absent or null: all causes. */
  cause?: RevocationCause | null;
}

export interface KeyExpiring extends Event {
  vaultUri: string;
  keyName: string;
  keyVersion: string;
  expiresAt: Time;
}

export interface FlowInventory {
  count: number;
  oldestCreatedAt?: Time | null;
  newestCreatedAt?: Time | null;
  onMicrosoftManagedKey?: number | null;
  cannotMigrate?: string[];
}

export interface HostedMachineGroup {
  groupId: string;
  provisionedAt: Time;
}

export interface FlowMigration {
  state: 'NOT_STARTED' | 'RUNNING' | 'DONE' | 'UNKNOWN';
  startedAt?: Time | null;
  finishedAt?: Time | null;
}

/** The complete state of an environment. */
export interface EnvironmentChanged extends Event {
  environmentId: string;
  displayName?: string | null;
  region?: string | null;
  type: 'PRODUCTION' | 'SANDBOX' | 'DEVELOPER' | 'TRIAL' | 'TEAMS' | 'DEFAULT' | 'UNKNOWN';
  managed: boolean;
  lifecycle: 'ACTIVE' | 'DELETED' | 'PURGED' | 'RESET' | 'UNKNOWN';
  runtimeEnabled?: boolean;
  cloudFlows: FlowInventory;
  desktopFlows: FlowInventory;
  nonOAuthConnections?: number;
  hostedMachineGroups?: HostedMachineGroup[];
  hostedMachines?: number;
  flowMigration?: FlowMigration | null;
}

export interface TenantLimitChanged extends Event {
  environmentLimit: number;
  ticket?: string | null;
}

export type Component =
  | 'DATAVERSE'
  | 'CLOUD_FLOWS'
  | 'DESKTOP_FLOWS'
  | 'FLOW_RUN_HISTORY'
  | 'OAUTH_CONNECTIONS'
  | 'NON_OAUTH_CONNECTIONS'
  | 'HOSTED_MACHINE_GROUPS'
  | 'HOSTED_MACHINES'
  | 'UNKNOWN';

export interface ReportedItems {
  /** Absent or null: the Microsoft-managed key. */
  key?: KeyReference | null;
  count: number | bigint;
}

export interface FailedItem {
  itemId: string;
  reason: string;
}

export interface EnforcementReported extends Event {
  environmentId: string;
  component: Component;
  part?: string;
  phase: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN';
  items: ReportedItems[];
  complete: boolean;
  failedCount?: number | bigint;
  failed?: FailedItem[];
  parts?: string[];
}

/** The events, by the names of their schemas and of their topics without the prefix. */
export interface Events {
  PolicyApplied: PolicyApplied;
  PolicyRemoved: PolicyRemoved;
  KeyRotated: KeyRotated;
  KeyRevoked: KeyRevoked;
  KeyRestored: KeyRestored;
  KeyExpiring: KeyExpiring;
  EnvironmentChanged: EnvironmentChanged;
  TenantLimitChanged: TenantLimitChanged;
  EnforcementReported: EnforcementReported;
  'policy-applied': PolicyApplied;
  'policy-removed': PolicyRemoved;
  'key-rotated': KeyRotated;
  'key-revoked': KeyRevoked;
  'key-restored': KeyRestored;
  'key-expiring': KeyExpiring;
  'environment-changed': EnvironmentChanged;
  'tenant-limit-changed': TenantLimitChanged;
  'enforcement-reported': EnforcementReported;
}

/**
 * The owning partition of a tenant: the partition of all its records. Java's default partitioner chooses the same one
 * for records with the tenantId as key (murmur2).
 */
export function tenantPartition(tenantId: string, partitions: number): number;

/**
 * Partitions records by tenant: the `createPartitioner` of a kafkajs producer. The tenantId is taken from a
 * key of the form `tenantId` or `tenantId/…`. So all inputs of a tenant are on one partition, and so are all
 * its outputs, in order.
 */
export const TenantPartitioner: ICustomPartitioner;

// Enforcing the signals

export type Sink =
  | 'TENANT_REPORTING'
  | 'DATA_LAKE_EXPORT'
  | 'APPLICATION_INSIGHTS'
  | 'FLOW_RUN_HISTORY_IN_DATAVERSE'
  | 'MOBILE_NOTIFICATIONS'
  | 'FLOW_ACTIVITY_PAGE'
  | 'FLOW_FAILURE_EMAIL'
  | 'FAILURE_DIGEST_EMAIL'
  | (string & {});

/**
 * Whether data of an event time may go to a sink.
 *
 * - `PASS`: the data may go to the sink.
 * - `SUPPRESSED`: the data must not go to the sink: it has been suppressed for the environment since this time (R14).
 * - `GAP`: the data must never go to the sink: its event time t lies in a gap (R15), `from` <= t < `until`, or its
 *   tenant was erased. Without `from`, the gap starts at the beginning of time.
 * - `WAIT`: the answer is not known yet: hold the data back, and check again. `detail` is one sentence, for logs.
 */
export type GateAnswer =
  | { kind: 'PASS' }
  | { kind: 'SUPPRESSED'; since: number }
  | { kind: 'GAP'; from?: number; until: number }
  | { kind: 'WAIT'; reason: WaitReason; detail: string };

/**
 * Why the answer is not known.
 *
 * - `STARTING`: the gate has not read everything yet.
 * - `FAILED`: reading has failed. The gate restarts and reports this until it has read everything,
 *   unless it was closed.
 * - `NOT_YET_DECIDED`: the tenant is not decided up to the event time (R33).
 * - `NO_DECISION`: no decision on the environment can be relied on: it was not decided yet, it was purged, or the gate
 *   has not read all records of a transaction.
 */
export type WaitReason = 'STARTING' | 'FAILED' | 'NOT_YET_DECIDED' | 'NO_DECISION';

/**
 * Data that must be taken back from a sink if it was delivered (R15): all data of event times `from` <= t < `until`.
 */
export interface Retraction {
  /**
   * The tenantId. For an erased tenant of which nothing else has been read, its SHA-256
   * in lower-case hexadecimal digits.
   */
  tenant: string;
  /** Absent: all environments of the tenant, which was erased. */
  environment?: string;
  /** Absent: all sinks. */
  sink?: Sink;
  /** Absent: the beginning of time. */
  from?: number;
  /** Absent: the interval has not ended. */
  until?: number;
}

/**
 * Answers whether data of environments may go to a sink of the analytics pipeline, and reports what has to be taken
 * back from it (R14, R15).
 *
 * Data passes only if its tenant is decided up to the event time (R33), there is a decision on the environment, and no
 * signal, gap or erasure forbids it. Nothing passes until everything has been read, nor after a failure. At each start
 * the gate reads all partitions from the earliest offset, without a group. It keeps the state of all tenants in memory.
 * It requires a `Kafka` of kafkajs 2.2.
 */
export class SuppressionGate {
  /** The sinks of all rule profiles. */
  static readonly SINKS: readonly Sink[];
  /**
   * Opens a gate, and resolves before it has read anything. The gate answers WAIT until it has read everything.
   *
   * @param onRetraction receives data that became forbidden and was not forbidden before, as far as the gate had read.
   *   No delivery runs meanwhile, and the gate reads nothing until what it returns is settled. Called at least once for
   *   each retraction. At each start, and after each failure, it is called again for everything that is forbidden,
   *   because the gate may have missed the moment. If it throws, the gate restarts. It must not call `deliver`.
   */
  static open(
    settings: Settings,
    onRetraction: (retraction: Retraction) => void | Promise<void>,
  ): Promise<SuppressionGate>;
  /**
   * Whether data may go to a sink now. A retraction may follow right after the answer; `deliver` excludes that.
   *
   * @param sink one of `SINKS`, or a sink of which a signal has been published
   * @param eventTime between 2015-01-01 and a day ahead of this machine's clock. A machine whose clock is more than a
   *   day behind rejects current data
   * @throws RangeError if there is no such sink, or no event can have this time
   * @throws TypeError if an argument has another type, or a name is empty
   */
  check(tenant: string, environment: string, sink: Sink, eventTime: Time): GateAnswer;
  /**
   * Runs a delivery if the data may go to the sink, and rejects with what it throws. No retraction is reported between
   * the answer and the time at which the delivery's promise is settled, so each retraction covers what was delivered
   * before. Deliveries run in parallel. A retraction waits for them, and the gate reads nothing until then. Rejects
   * also for the reasons for which `check` throws.
   */
  deliver(
    tenant: string,
    environment: string,
    sink: Sink,
    eventTime: Time,
    delivery: () => unknown,
  ): Promise<GateAnswer>;
  /** Stops reading. Nothing passes from then on. */
  close(): Promise<void>;
}

// Following warnings

/** The fields are documented in the schema of `warnings`. */
export interface Warning {
  tenantId: string;
  environmentId: string | null;
  environmentName: string | null;
  code: string;
  incident: string;
  sequence: number;
  status: 'RAISED' | 'UPDATED' | 'CLEARED' | 'UNKNOWN';
  severity: 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL' | 'UNKNOWN';
  subjects: string[];
  subjectCount: number;
  message: string;
  remediation: string;
  raisedAt: number;
  clearedAt: number | null;
  ruleProfile: string;
  cause: Cause;
}

export interface Cause {
  eventType: string;
  eventId: string;
  occurredAt: number;
  topic: string;
  partition: number;
  offset: number;
}

/**
 * A change of an incident that a `WarningFeed` reports. An incident is a warning from the time it is raised to the
 * time it is cleared.
 */
export interface Notice {
  /**
   * What happened to the incident.
   *
   * - `OPENED`: the incident is open, and was not known.
   * - `UPDATED`: the incident is still open, and the content of its warning has changed.
   * - `CLOSED`: the incident has ended. Either its record says CLEARED, or there is none, because the tenant was erased
   *   or compaction removed it.
   */
  kind: 'OPENED' | 'UPDATED' | 'CLOSED';
  /**
   * Of the incident: the key, `/`, and the warning's `incident`. It is the same in all notices of the incident,
   * and unique to it.
   */
  id: string;
  /** Of the record: `tenantId/environmentId/code`; `tenantId//code` for a warning about a whole tenant. */
  key: string;
  /** As in the record. Absent if no record states the end of the incident: see CLOSED. */
  warning?: Warning;
}

/**
 * Reports which incidents are opened, updated and closed, as the records of `warnings` are committed. Iterate it once:
 * `for await (const notice of feed)`. It restarts by itself after failures, and does not repeat a notice that was
 * taken. It requires a `Kafka` of kafkajs 2.2.
 *
 * To receive each notice at least once, and those of an incident in order, handle the notice, then store `position()`,
 * and resume from it after a stop. A position is good for 30 days: a tombstone that closed an incident longer ago may
 * be gone from the topic (`min.compaction.lag.ms`).
 *
 * The feed reads all partitions without a group. At each start it reads the topic from the earliest offset to
 * learn which incidents are open, but reports only what lies past the position. A record that can never be read
 * is logged and skipped.
 */
export class WarningFeed implements AsyncIterable<Notice> {
  /** Reports what is committed from now on. Changes of incidents that are open now are reported as UPDATED. */
  static readonly FROM_NOW: 'FROM_NOW';
  /** Reports everything that the topic holds. */
  static readonly FROM_BEGINNING: 'FROM_BEGINNING';
  /**
   * Opens a feed, and resolves once it reads. Everything on a partition is reported if the position does not name it.
   * The same holds, and is logged, if the partition ends before the position.
   *
   * @param start FROM_NOW, FROM_BEGINNING, or a result of `position()`. Anything else causes a RangeError
   */
  static open(settings: Settings, start: string): Promise<WarningFeed>;
  /** The position to store once all notices taken so far are handled; `open` resumes from it. */
  position(): string;
  [Symbol.asyncIterator](): AsyncGenerator<Notice, void, void>;
  /** Stops reading, as leaving the loop does. The position remains available. */
  close(): Promise<void>;
}

// The same logic without Kafka and without a clock. For a record, pass null if it is a tombstone, and undefined if it
// cannot be read. Anything else that is not an object causes a TypeError, and so does a time of a record that is not a
// whole number, a bigint or a Date. `now` is by the reader's monotonic clock, for example
// `performance.timeOrigin + performance.now()`; it may be wrong, as long as it never jumps. `appended` and `written`
// are the record's timestamp, by the broker's clock.

/**
 * Up to which time a reader of the outputs knows that all is decided, from the records of the topic `progress` in the
 * order in which it reads them (R33). This is a resolved timestamp, as change feeds have it: a low watermark over the
 * event times of a tenant.
 *
 * To confirm what was reported, take the `claims`, request the end offsets of all outputs, open transactions included,
 * read up to them, and `confirm` the claims.
 */
export class DecidedUpTo {
  /**
   * Takes a record. A record that reports an earlier time than the one before it, or another partition count, discards
   * everything known: the processor's state was recovered or moved.
   */
  read(partition: number, progress: { partitions: number; decidedUpTo: number; appended: number }, now: number): void;
  /** Takes a tombstone: the report of the partition is void, and everything known is discarded. */
  removed(partition: number): void;
  /**
   * What can be confirmed once all outputs, and `progress`, have been read up to the end offsets requested next.
   * `times` are by partition, `after` is how often the reports before it had been discarded, and `asked` is `now`.
   */
  claims(now: number): { readonly times: ReadonlyMap<number, number>; readonly after: number; readonly asked: number };
  /** Confirms that the reader has read everything that existed after it took the claims. */
  confirm(claims: ReturnType<DecidedUpTo['claims']>): void;
  /** The time up to which the tenants of the partition are decided for the reader; undefined if it is not known. */
  of(partition: number): number | undefined;
  /** The same by tenantId. */
  ofTenant(tenantId: string): number | undefined;
  /**
   * The least by which the reader's clock is ahead of the brokers', in milliseconds; zero or less if it is not known.
   */
  readonly ahead: number;
}

/** What a reader of the topics reports to a state. */
interface ReaderState {
  /** Reading starts at the earliest offset of all partitions: everything that was read before is discarded. */
  begins(): void;
  /** Reading failed; it restarts shortly. */
  failed(): void;
  /** The end offsets are about to be requested. */
  asks(now: number): void;
  /** Everything has been read that existed at the last request. */
  reachedEnds(): void;
}

/**
 * The state of a gate, without Kafka and without a clock. It covers all tenants, so it holds only names and times. It
 * adds no retractions until everything has been read.
 */
export class GateState implements ReaderState {
  begins(): void;
  failed(): void;
  asks(now: number): void;
  reachedEnds(): void;
  progress(
    partition: number,
    progress: { partitions: number; decidedUpTo: number; appended: number } | null | undefined,
    now: number,
  ): void;
  decision(tenant: string, environment: string, decision: object | null | undefined): void;
  signal(tenant: string, environment: string, sink: string, signal: Signal | null | undefined): void;
  erasure(tenantSha256: string, erasure: { requestedAt: number } | null | undefined): void;
  /** As `SuppressionGate.check` does. `now` is by the reader's clock; default `Date.now()`. */
  check(tenant: string, environment: string, sink: string, eventTime: Time, now?: number): GateAnswer;
  /** The retractions since the last call, in order. */
  retractions(): Retraction[];
}

export interface Signal {
  action: 'SUPPRESS' | 'ALLOW' | 'UNKNOWN';
  effectiveFrom: number;
  gaps: { from?: number | null; until: number }[];
}

/** The outcome of events, from the records of `progress` and `dead-letters` in the order of reading (R33). */
export class OutcomeState implements ReaderState {
  constructor(prefix?: string);
  begins(): void;
  failed(): void;
  asks(): void;
  reachedEnds(): void;
  progress(
    partition: number,
    progress: { partitions: number; decidedUpTo: number; positions: string } | null | undefined,
    written: number,
  ): void;
  /** Takes a dead-letter record, from its headers. */
  refused(coordinates: Coordinates, code: string, detail: string): void;
  /** As `EventPublisher.outcome` does. `now` is by a monotonic clock; default `performance.now()`. */
  outcome(coordinates: Coordinates, now?: number): Outcome;
  /**
   * The input topics whose end offsets have to be requested now; `ends` takes the answers. Without
   * them, nothing is UNKNOWN.
   */
  due(now?: number): string[];
  /**
   * Takes the end offsets of an input by partition, open transactions included; empty if there is no such topic. `sent`
   * is when the request was sent, by the clock of `due`.
   */
  ends(topic: string, ends: ReadonlyMap<number, number>, sent: number): void;
}

/**
 * The incidents in the topic `warnings`, from its records in offset order. Records are ordered by offset and
 * `sequence`, never by time. A record that was read before yields no notice.
 */
export class FeedState {
  /** Takes a record; null is a tombstone, which closes an open incident. A silent record yields no notice. */
  read(key: string, warning: Pick<Warning, 'incident' | 'sequence' | 'status'> | null, silent?: boolean): void;
  /** The notices since the last call, in order. */
  take(): Notice[];
}
