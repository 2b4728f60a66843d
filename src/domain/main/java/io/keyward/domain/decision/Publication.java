package io.keyward.domain.decision;

import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A record for downstream services, administrators or the analytics pipeline: what changed, why, and under
/// which record key.
public sealed interface Publication {
    /// The tenant, which selects the partition.
    TenantId tenantId();

    /// The record key (docs/contract.md, "Record keys and partitions"): a later record under the same key
    /// replaces this one.
    String key();

    /// The fields that every record other than a tombstone has.
    ///
    /// @param environmentId empty for a record about the tenant
    /// @param environmentName as last known; its change alone publishes nothing
    /// @param ruleProfile the name of the profile that decided
    record About(
            TenantId tenantId,
            Optional<EnvironmentId> environmentId,
            Optional<String> environmentName,
            String ruleProfile,
            Cause cause) {
        /// About an environment.
        public static About of(TenantId tenantId, EnvironmentName environment, String ruleProfile, Cause cause) {
            return new About(tenantId, Optional.of(environment.id()), environment.displayName(), ruleProfile, cause);
        }

        private About unnamed() {
            return environmentName.isEmpty()
                    ? this
                    : new About(tenantId, environmentId, Optional.empty(), ruleProfile, cause);
        }

        /// The environment as texts name it; only where it is about one.
        EnvironmentName environment() {
            return new EnvironmentName(environmentId.orElseThrow(), environmentName);
        }
    }

    /// A record with content; all others are tombstones.
    sealed interface Stated extends Publication {
        About about();

        @Override
        default TenantId tenantId() {
            return about().tenantId();
        }

        /// Empty for a warning about the tenant.
        default Optional<EnvironmentId> environmentId() {
            return about().environmentId();
        }

        default String ruleProfile() {
            return about().ruleProfile();
        }

        default Cause cause() {
            return about().cause();
        }
    }

    /// The complete decision on an environment, published whenever a part of it changed.
    ///
    /// @param revision 1, 2, 3 … without gaps per environment
    record OfDecision(
            long revision, Decision decision, List<String> openWarnings, List<String> suppressedSinks, About about)
            implements Stated {
        @Override
        public String key() {
            return decisionKey(tenantId(), about.environmentId().orElseThrow());
        }
    }

    /// One record of a warning's incident, from RAISED to CLEARED.
    ///
    /// @param incident as of this record
    /// @param clearedAt present if this record clears it
    record OfWarning(WarningCode code, Incident incident, String message, Optional<Instant> clearedAt, About about)
            implements Stated {
        /// A record of a warning that is open.
        static OfWarning open(About about, WarningCode code, Incident open, String message) {
            return new OfWarning(code, open, message, Optional.empty(), about);
        }

        /// The record that clears a warning. It repeats severity and subjects of the last one.
        static OfWarning cleared(About about, WarningCode code, Incident open, String message) {
            Instant at = Instants.max(open.raisedAt(), about.cause().occurredAt());
            return new OfWarning(code, open.next(), message, Optional.of(at), about);
        }

        /// The same record without the fingerprint, which is not published.
        public OfWarning asRecorded() {
            return new OfWarning(code, incident.asRecorded(), message, clearedAt, about);
        }

        /// Whether it raises, updates or clears the incident.
        public Status status() {
            if (clearedAt.isPresent()) {
                return Status.CLEARED;
            }
            return incident.sequence() == 1 ? Status.RAISED : Status.UPDATED;
        }

        @Override
        public String key() {
            return warningKey(tenantId(), about.environmentId(), code);
        }
    }

    /// The status of an incident after a record.
    enum Status {
        RAISED,
        UPDATED,
        CLEARED
    }

    /// A signal to the analytics pipeline about the environment's data and one of its sinks (R15).
    ///
    /// @param reason the rule that holds now
    /// @param revision that of the last decision
    /// @param about without the name of the environment, which signals do not contain
    record OfSignal(String sink, Signal signal, Rule reason, long revision, About about) implements Stated {
        public OfSignal {
            about = about.unnamed();
        }

        @Override
        public String key() {
            return suppressionKey(tenantId(), about.environmentId().orElseThrow(), sink);
        }
    }

    /// A tombstone: retracts what was published under a key (R24).
    record Retraction(TenantId tenantId, Kind kind, String key) implements Publication {}

    /// The kind of record that a retraction is for.
    enum Kind {
        DECISION,
        WARNING,
        SUPPRESSION
    }

    /// `tenantId/environmentId`
    static String decisionKey(TenantId tenant, EnvironmentId environment) {
        return tenant + "/" + environment;
    }

    /// `tenantId/environmentId/code`; about the tenant: `tenantId//code`
    static String warningKey(TenantId tenant, Optional<EnvironmentId> environment, WarningCode code) {
        return tenant + "/" + environment.map(EnvironmentId::value).orElse("") + "/" + code;
    }

    /// `tenantId/environmentId/sink`
    static String suppressionKey(TenantId tenant, EnvironmentId environment, String sink) {
        return tenant + "/" + environment + "/" + sink;
    }
}
