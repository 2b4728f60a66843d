package io.keyward.console.answer;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.KeyAnswer.User;
import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.advice.DisableBlocker;
import io.keyward.domain.advice.DisableVerdict;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Bounds;
import io.keyward.topology.Events;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers about keys that environments use only according to reports (R27, R28).
class ReportedKeyTest {
    private static final RuleProfile PROFILE =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();

    @TempDir
    private Path folder;

    private FilledReplica replica;

    @BeforeEach
    void open() {
        replica = FilledReplica.start(folder, PROFILE);
    }

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void usersAreThoseOfPoliciesAndThoseOfReports() {
        replica.given(
                clean(1, "contoso", "hr"),
                applied(2, "contoso", "hr", "k1"),
                reported(3, "contoso", "hr", "k1"),
                reported(3, "contoso", "lab", "k1"),
                reported(3, "fabrikam", "lab", "k1"));

        KeyAnswer answer = key("contoso", "k1").orElseThrow();

        assertThat(answer.users()).extracting(User::environmentId).containsExactly("hr", "lab");
        assertThat(answer.users()).extracting(User::use).containsExactly(User.Use.DATA, User.Use.REPORTED);
        assertThat(answer.totals().uses()).isEqualTo(Map.of(User.Use.DATA, 1L, User.Use.REPORTED, 1L));
        assertThat(answer.otherTenants()).containsExactly(new KeyAnswer.OtherTenant("fabrikam", 1));
    }

    @Test
    void aKeyThatOnlyReportsNameIsKnown() {
        replica.given(clean(1, "contoso", "hr"), reported(3, "contoso", "hr", "k1"));

        assertThat(key("contoso", "k1").orElseThrow().users())
                .extracting(User::use)
                .containsExactly(User.Use.REPORTED);
        DisableVerdict answer = disable("contoso", Optional.of("v1")).orElseThrow();
        assertThat(answer.users()).isOne();
        assertThat(answer.counts()).isEqualTo(Map.of(DisableBlocker.Code.IN_USE, 1L));
        assertThat(answer.blockers().getFirst().environmentId()).contains(new EnvironmentId("hr"));
        assertThat(disable("contoso", Optional.empty()).orElseThrow().safe()).isFalse();
        assertThat(disable("contoso", Optional.of("v2")).orElseThrow().safe()).isTrue();
        assertThat(disable("fabrikam", Optional.of("v1"))).isEmpty();
        assertThat(key("fabrikam", "k1")).isEmpty();
        assertThat(key("contoso", "k2")).isEmpty();
    }

    /// No application of the environment names the key, but the tenant knows that it was disabled.
    @Test
    void aVersionMayBeDeletedOnceTheKeyHasBeenDisabledWithoutALock() {
        replica.given(clean(1, "contoso", "hr"), reported(3, "contoso", "hr", "k1"));
        assertThat(disable("contoso", Optional.of("v2"))
                        .orElseThrow()
                        .deletion()
                        .safe())
                .isFalse();
        replica.given(revoked(4, "contoso", "k1"));
        assertThat(disable("contoso", Optional.of("v2"))
                        .orElseThrow()
                        .deletion()
                        .safe())
                .isTrue();
    }

    private Optional<KeyAnswer> key(String tenant, String key) {
        try (ReplicaView view = replica.view()) {
            return questions().key(view, new TenantId(tenant), Events.key(key), Optional.empty(), 10);
        }
    }

    private Optional<DisableVerdict> disable(String tenant, Optional<String> version) {
        try (ReplicaView view = replica.view()) {
            return questions()
                    .disable(
                            view,
                            new TenantId(tenant),
                            new DisableQuestion(
                                    new KeyReference(Events.key("k1"), version.map(KeyVersion::new)),
                                    day(20),
                                    Optional.empty(),
                                    1))
                    .map(DisableAnswer::verdict);
        }
    }

    private Questions questions() {
        return new Questions(
                new Decider(PROFILE),
                new WhatIf(TopologyHarness.NAMES, PROFILE, Bounds.DEFAULT, WhatIfLimits.DEFAULT),
                () -> new OutputReader(replica.registry(), TopologyHarness.NAMES),
                () -> day(20));
    }
}
