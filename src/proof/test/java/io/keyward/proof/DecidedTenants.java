package io.keyward.proof;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Two tenants that were decided, to be tampered with. Contoso: two slots in use of two, so that lab waits; hr
/// is locked by a key of its own. Fabrikam has left its key.
record DecidedTenants(VerifiedHarness harness, InMemoryLog log) implements AutoCloseable {
    static final RuleProfile PROFILE = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);
    static final TenantId CONTOSO = new TenantId("contoso");
    static final EnvironmentId HR = new EnvironmentId("hr");
    static final EnvironmentId LAB = new EnvironmentId("lab");

    static DecidedTenants start() {
        VerifiedHarness harness = VerifiedHarness.start(PROFILE);
        harness.given(
                limit(1, "contoso", 2),
                rotated(1, "contoso", "k1", "v1"),
                rotated(1, "contoso", "k2", "v1"),
                clean(1, "contoso", "hr"),
                clean(1, "contoso", "sales"),
                clean(1, "contoso", "lab"),
                applied(2, "contoso", "hr", "k2"),
                applied(2, "contoso", "sales", "k1"),
                applied(3, "contoso", "lab", "k1"),
                reported(4, "contoso", "sales", "k1"),
                revoked(5, "contoso", "k1"),
                restored(6, "contoso", "k1"),
                revoked(7, "contoso", "k2"),
                clean(1, "fabrikam", "hr"),
                applied(2, "fabrikam", "hr", "k1"),
                removed(3, "fabrikam", "hr", "k1"));
        return new DecidedTenants(harness, harness.log());
    }

    /// What is found once something was tampered with.
    List<ProofFinding> findings() {
        Report report = harness.verify(log);
        assertThat(report.holds()).isFalse();
        assertThat(report.unverifiable()).isEmpty();
        return report.findings();
    }

    /// A finding about Contoso.
    ///
    /// @param environment null if it is about the tenant
    static ProofFinding expected(
            ConsumerRecord<byte[], byte[]> at, EnvironmentId environment, Rule rule, String sentence) {
        return new ProofFinding(
                at.topic(),
                at.partition(),
                at.offset(),
                Optional.of(CONTOSO),
                Optional.ofNullable(environment),
                new Deviation(Optional.of(rule), sentence));
    }

    @Override
    public void close() {
        harness.close();
    }
}
