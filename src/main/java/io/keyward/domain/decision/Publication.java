package io.keyward.domain.decision;

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

    /// The whole decision on an environment, published whenever a part of it changed.
    ///
    /// @param revision 1, 2, 3 … without gaps per environment
    record OfDecision(
            TenantId tenantId,
            EnvironmentId environmentId,
            long revision,
            Decision decision,
            List<String> openWarnings,
            List<String> suppressedSinks,
            String ruleProfile,
            Cause cause)
            implements Publication {
        @Override
        public String key() {
            return decisionKey(tenantId, environmentId);
        }
    }

    /// A raised warning or, with `clearedAt`, a cleared one.
    ///
    /// @param environmentId empty for a warning about the tenant
    record OfWarning(
            TenantId tenantId,
            Optional<EnvironmentId> environmentId,
            WarningKey warning,
            String message,
            Instant raisedAt,
            Optional<Instant> clearedAt,
            String ruleProfile,
            Cause cause)
            implements Publication {
        @Override
        public String key() {
            return warningKey(tenantId, environmentId, warning);
        }
    }

    /// A signal to the analytics pipeline about the environment's data and one of its sinks.
    sealed interface OfSignal extends Publication {
        EnvironmentId environmentId();

        String sink();

        /// The rule that asks for it.
        Rule reason();

        /// That of the decision with which it is published.
        long revision();

        String ruleProfile();

        Cause cause();

        @Override
        default String key() {
            return suppressionKey(tenantId(), environmentId(), sink());
        }
    }

    /// A sink must not receive the environment's data from that time on.
    record OfSuppression(
            TenantId tenantId,
            EnvironmentId environmentId,
            String sink,
            Suppressed suppressed,
            long revision,
            String ruleProfile,
            Cause cause)
            implements OfSignal {
        @Override
        public Rule reason() {
            return suppressed.reason();
        }
    }

    /// A sink may receive the environment's data again. Data of the time between must not be backfilled (R15).
    record OfAllowance(
            TenantId tenantId,
            EnvironmentId environmentId,
            String sink,
            Instant gapFrom,
            Instant gapTo,
            Rule reason,
            long revision,
            String ruleProfile,
            Cause cause)
            implements OfSignal {}

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

    /// `tenantId/environmentId/code[/subject]`; about the tenant: `tenantId//code`
    static String warningKey(TenantId tenant, Optional<EnvironmentId> environment, WarningKey warning) {
        return tenant + "/" + environment.map(EnvironmentId::value).orElse("") + "/" + warning;
    }

    /// `tenantId/environmentId/sink`
    static String suppressionKey(TenantId tenant, EnvironmentId environment, String sink) {
        return tenant + "/" + environment + "/" + sink;
    }
}
