// Times are milliseconds since 1970-01-01T00:00:00Z.
import type { ICustomPartitioner, Kafka, KafkaConfig } from 'kafkajs';

/**
 * A `Date`, an ISO 8601 string with a zone (`2026-03-02T12:00:00Z`), or whole milliseconds. It is a RangeError if it lies
 * before 2015-01-01 or, for what has happened, more than a day ahead of this machine's clock, and a TypeError if it has
 * another type. A machine whose clock is more than a day behind refuses current times.
 */
export type Time = number | Date | string;

/** How to reach Kafka and the schema registry. */
export interface Settings {
  /** What the constructor of kafkajs' `Kafka` takes, or such a `Kafka`. */
  kafka: KafkaConfig | Kafka;
  registry: RegistrySettings;
  /** The prefix of the topics; `cmk.` by default. */
  prefix?: string;
}

export interface RegistrySettings {
  /** One or more URLs, separated by commas. */
  url: string;
  /** For HTTP's Basic authentication: `user:password`. */
  user?: string;
  /** Further headers of each request. */
  headers?: Record<string, string>;
  /** How long a request may take, in milliseconds; 10,000 by default. */
  timeout?: number;
}

// Publishing

/** Where an event is stored. */
export interface Coordinates {
  topic: string;
  partition: number;
  offset: number;
}

/**
 * What became of an event. `PENDING`: not known (yet). `DECIDED`: it is among the facts, and what follows from it is
 * published. `REFUSED`: it is not, and never will be; `detail` is one sentence. `UNKNOWN`: Kafka has no record with those coordinates:
 * the topic was recreated or deleted, or it is another cluster; `why` says which.
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

/** Publishes events, each to its topic and to the partition of its tenant, and tells what became of them. */
export class EventPublisher {
  /** Connects to Kafka; rejects if it does not answer. The registry need not answer yet. */
  static connect(settings: Settings): Promise<EventPublisher>;
  /**
   * Sends an event; resolves once all in-sync replicas have it. Rejects with a TypeError that names the field if it does
   * not fit the schema that Keyward has registered, and with another error if Kafka or the registry does not take it: then
   * it may be stored all the same. Publish it again with the same `eventId`. An `occurredAt`, or another time, that no event
   * can have is a RangeError; only times other than `occurredAt` may lie more than a day ahead.
   *
   * @param name of the event or of its topic: `KeyRotated` or `key-rotated`; else a RangeError
   */
  publish<N extends keyof Events>(name: N, event: Events[N]): Promise<Coordinates>;
  /**
   * What became of the event with those coordinates, as far as is known now (R33). The first call starts to read `progress` and
   * `dead-letters` from the beginning; until that is done, and while it fails, the answer is PENDING.
   * If nothing is known for 10 seconds, Kafka is asked whether the record is there.
   *
   * @throws RangeError if they are not in an input topic, or a number of it is not a whole one from 0
   */
  outcome(coordinates: Coordinates): Outcome;
  close(): Promise<void>;
}

export interface Event {
  /** Identifies the fact: sent twice, it changes nothing the second time. */
  eventId: string;
  tenantId: string;
  /** When it became true at its source. */
  occurredAt: Time;
  /** The service that states it, for people. */
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
  /** None: the whole key. */
  keyVersion?: string | null;
  cause: RevocationCause;
}

export interface KeyRestored extends Event {
  vaultUri: string;
  keyName: string;
  /** None: the whole key. */
  keyVersion?: string | null;
  /** None: all causes. */
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

/** All of an environment as it is. */
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
  /** None: the Microsoft-managed key. */
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

/** The events by the names of their schemas, and by their topics without the prefix. */
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

/** The partition of all records of a tenant, as Java's default partitioner chooses it for the tenantId (murmur2). */
export function tenantPartition(tenantId: string, partitions: number): number;

/**
 * For `createPartitioner` of a producer of kafkajs: chooses the partition by the tenantId, the part of the key before the
 * first `/`.
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
 * Whether data may go to a sink.
 *
 * - `PASS`: it may.
 * - `SUPPRESSED`: it must not: the sink has been suppressed since that time (R14).
 * - `GAP`: it must not, now or later: data of these times, `from` <= t < `until`, must not be delivered (R15), or its
 *   tenant was erased. Without `from`: from the beginning of time.
 * - `WAIT`: it is not known. Keep it back, and ask again.
 */
export type GateAnswer =
  | { kind: 'PASS' }
  | { kind: 'SUPPRESSED'; since: number }
  | { kind: 'GAP'; from?: number; until: number }
  | { kind: 'WAIT'; reason: WaitReason; detail: string };

/**
 * - `STARTING`: the gate has not read everything yet.
 * - `FAILED`: reading failed. The gate restarts, unless it was closed.
 * - `NOT_YET_DECIDED`: the tenant is not decided up to the event time (R33).
 * - `NO_DECISION`: there is no decision on the environment that can be relied on: none was made (yet), it was purged, or
 *   what was read does not say everything yet.
 */
export type WaitReason = 'STARTING' | 'FAILED' | 'NOT_YET_DECIDED' | 'NO_DECISION';

/**
 * Data of these times, `from` <= t < `until`, has become forbidden: what was delivered of it has to be taken back. Without
 * `from`: from the beginning of time. Without `until`: all later ones. Without `environment` and `sink`: of all of the
 * tenant, which was erased. If no other record names that tenant, `tenant` is the SHA-256 of its tenantId.
 */
export interface Retraction {
  tenant: string;
  environment?: string;
  sink?: Sink;
  from?: number;
  until?: number;
}

/**
 * Answers whether data may go to a sink, and tells what has to be taken back. It is closed until it has read everything,
 * and after any failure. It reads all partitions from the beginning at each start, without a group, and keeps all tenants
 * in memory. It needs a `Kafka` of kafkajs 2.2.
 */
export class SuppressionGate {
  /** The sinks of all profiles of the rules. */
  static readonly SINKS: readonly Sink[];
  /**
   * Begins to read; does not wait until all is read.
   *
   * @param onRetraction is told, at least once, what became forbidden and was not, as far as the gate had read; at each
   *   start, and after each failure, everything that is forbidden. No delivery runs meanwhile, and the gate reads nothing
   *   more until it has returned. What it throws makes the gate restart. It must not call `deliver`.
   */
  static open(
    settings: Settings,
    onRetraction: (retraction: Retraction) => void | Promise<void>,
  ): Promise<SuppressionGate>;
  /**
   * Whether data of an event time may go to a sink now. A retraction may be told before it gets there: see `deliver`.
   *
   * @throws RangeError if no event can have that time, or if no profile knows the sink and no signal names it
   * @throws TypeError if an argument has another type, or a name is empty
   */
  check(tenant: string, environment: string, sink: Sink, eventTime: Time): GateAnswer;
  /**
   * Calls the delivery if the answer is PASS. No retraction is told from the check until what the delivery returned is
   * settled; so a retraction covers whatever was delivered before it. What the delivery throws is thrown. Rejects as
   * `check` throws.
   */
  deliver(
    tenant: string,
    environment: string,
    sink: Sink,
    eventTime: Time,
    delivery: () => unknown,
  ): Promise<GateAnswer>;
  /** Every answer is WAIT from now on. */
  close(): Promise<void>;
}

// Following warnings

/** See the schema of `warnings` for what the fields mean. */
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
 * What became of an incident: `OPENED`: it stands, and was not known. `UPDATED`: it goes on, and what it tells has changed.
 * `CLOSED`: it has ended.
 */
export interface Notice {
  kind: 'OPENED' | 'UPDATED' | 'CLOSED';
  /** The same in all notices of an incident, and in no others: the key, `/`, and the warning's `incident`. */
  id: string;
  /** `tenantId/environmentId/code`; of a warning about a tenant as a whole `tenantId//code`. */
  key: string;
  /** None if no record says that the incident has ended: its tenant was erased, or compaction took the record. */
  warning?: Warning;
}

/**
 * Tells which incidents are opened, updated and closed, as it is committed; the notices of an incident in order:
 * `for await (const notice of feed)`. A feed can be read once. It restarts by itself after failures, and then tells no
 * notice again that was taken. It needs a `Kafka` of kafkajs 2.2.
 *
 * Whoever handles a notice, then stores `position()`, and goes on from there after a stop, is told each notice at least
 * once. A position serves for 30 days: what was closed by a tombstone alone longer ago may be gone from the topic.
 */
export class WarningFeed implements AsyncIterable<Notice> {
  /** Tells of what is committed from now on. What stands now is known: its changes are told as UPDATED. */
  static readonly FROM_NOW: 'FROM_NOW';
  /** Tells of all that the topic holds. */
  static readonly FROM_BEGINNING: 'FROM_BEGINNING';
  /**
   * Begins to read. Of a partition that the position does not name, or that ends before it, all is told.
   *
   * @param start FROM_NOW, FROM_BEGINNING, or what `position()` returned; else a RangeError
   */
  static open(settings: Settings, start: string): Promise<WarningFeed>;
  /** What to store once all notices are handled that were taken so far. */
  position(): string;
  [Symbol.asyncIterator](): AsyncGenerator<Notice, void, void>;
  /** Ends the reading, as leaving the loop does. The position can still be asked for. */
  close(): Promise<void>;
}

// The pure parts, without Kafka and without a clock. Of a record, null is a tombstone, and undefined one that cannot be read;
// anything else that is not an object is a TypeError, and so is a time of a record that is not a whole number, a bigint or a
// Date. `now` is by a clock of the reader that does not jump, such as `performance.timeOrigin + performance.now()`; it may be
// wrong. `appended` and `written` are the record's timestamp, by the broker's clock.

/** Up to when a reader of the outputs knows what is decided, by the records of `progress` as it reads them (R33). */
export class DecidedUpTo {
  read(partition: number, progress: { partitions: number; decidedUpTo: number; appended: number }, now: number): void;
  removed(partition: number): void;
  claims(now: number): { readonly times: ReadonlyMap<number, number>; readonly after: number; readonly asked: number };
  confirm(claims: ReturnType<DecidedUpTo['claims']>): void;
  of(partition: number): number | undefined;
  ofTenant(tenantId: string): number | undefined;
  /** By how many milliseconds the reader's clock is ahead of the brokers', at least; zero or less if that is not known. */
  readonly ahead: number;
}

/** What a reader is told: reading begins or failed; it will be asked where the topics end; all of that has been read. */
interface ReaderState {
  begins(): void;
  failed(): void;
  asks(now: number): void;
  reachedEnds(): void;
}

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
  /** As of `SuppressionGate`. `now` is the reader's clock. */
  check(tenant: string, environment: string, sink: string, eventTime: Time, now?: number): GateAnswer;
  /** The retractions since the last call, in order. */
  retractions(): Retraction[];
}

export interface Signal {
  action: 'SUPPRESS' | 'ALLOW' | 'UNKNOWN';
  effectiveFrom: number;
  gaps: { from?: number | null; until: number }[];
}

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
  refused(coordinates: Coordinates, code: string, detail: string): void;
  /** `now` is of a clock that never jumps: `performance.now()` by default. */
  outcome(coordinates: Coordinates, now?: number): Outcome;
  /** The topics of which it has to be asked now where they end; without answers, nothing becomes UNKNOWN. */
  due(now?: number): string[];
  /** Where the partitions of a topic end, open transactions included; none if there is no such topic. */
  ends(topic: string, ends: ReadonlyMap<number, number>, sent: number): void;
}

export class FeedState {
  read(key: string, warning: Pick<Warning, 'incident' | 'sequence' | 'status'> | null, silent?: boolean): void;
  /** The notices since the last call, in order. */
  take(): Notice[];
}
