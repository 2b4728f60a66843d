package io.keyward.domain.decision;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A record that downstream services, administrators or the analytics pipeline read: what changed, why, and under
/// which key it stands.
public sealed interface Publication {
    /// The tenant whose partition it goes to.
    TenantId tenantId();

    /// The record key (docs/contract.md, "Record keys and partitions"): a later record under the same key replaces
    /// this one.
    String key();

    /// The decision on an environment, whole, whenever anything in it changed.
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

    /// A warning raised, or, with a time of clearing, cleared.
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

    /// Stop sending an environment's data to a sink from then on.
    record OfSuppression(
            TenantId tenantId,
            EnvironmentId environmentId,
            String sink,
            Suppressed suppressed,
            long revision,
            String ruleProfile,
            Cause cause)
            implements Publication {
        @Override
        public String key() {
            return suppressionKey(tenantId, environmentId, sink);
        }
    }

    /// An environment's data may flow to a sink again; that of the time between must not be backfilled (R15).
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
            implements Publication {
        @Override
        public String key() {
            return suppressionKey(tenantId, environmentId, sink);
        }
    }

    /// The end of everything said under a key: a tombstone (R24).
    record Retraction(TenantId tenantId, Kind kind, String key) implements Publication {}

    /// Which kind of record a retraction takes back.
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
