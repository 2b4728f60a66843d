package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a reader knows who keeps the latest record of every key. Checks that each record is consistent with
/// the ones before it.
public final class Folded {
    private final Map<String, Publication.OfDecision> decisions = new TreeMap<>();
    private final Map<String, Publication.OfWarning> warnings = new TreeMap<>();
    private final Map<String, Publication> signals = new TreeMap<>();
    private final Map<String, Long> revisions = new HashMap<>();

    public void read(List<Publication> publications) {
        publications.forEach(this::read);
    }

    private void read(Publication publication) {
        switch (publication) {
            case Publication.OfDecision decision -> {
                long last = revisions.getOrDefault(decision.key(), 0L);
                assertThat(decision.revision()).as("revisions have no gaps").isEqualTo(last + 1);
                revisions.put(decision.key(), decision.revision());
                decisions.put(decision.key(), decision);
            }
            case Publication.OfWarning warning -> read(warning);
            case Publication.OfSuppression signal -> {
                assertThat(signal.revision()).isEqualTo(revision(signal.tenantId(), signal.environmentId()));
                assertThat(Optional.ofNullable(signals.put(signal.key(), signal)))
                        .as("a suppression says something new")
                        .isNotEqualTo(Optional.of(signal));
            }
            case Publication.OfAllowance signal -> {
                assertThat(signal.revision()).isEqualTo(revision(signal.tenantId(), signal.environmentId()));
                assertThat(signals.put(signal.key(), signal))
                        .as("only what is suppressed is allowed again")
                        .isInstanceOf(Publication.OfSuppression.class);
                assertThat(signal.gapTo()).as("the gap").isAfterOrEqualTo(signal.gapFrom());
            }
            case Publication.Retraction retraction -> {
                Object taken = switch (retraction.kind()) {
                    case DECISION -> decisions.remove(retraction.key());
                    case WARNING -> warnings.remove(retraction.key());
                    case SUPPRESSION -> signals.remove(retraction.key());
                };
                assertThat(taken).as("only what stands is taken back").isNotNull();
            }
        }
    }

    /// Raised once, cleared once.
    private void read(Publication.OfWarning warning) {
        Publication.OfWarning before = warnings.put(warning.key(), warning);
        boolean open = before != null && before.clearedAt().isEmpty();
        assertThat(open)
                .as("%s %s", warning.key(), warning.clearedAt())
                .isEqualTo(warning.clearedAt().isPresent());
        if (open) {
            assertThat(warning.raisedAt()).isEqualTo(before.raisedAt());
        }
    }

    private long revision(TenantId tenant, EnvironmentId environment) {
        return revisions.get(Publication.decisionKey(tenant, environment));
    }

    /// Asserts that a reader knows of every environment exactly what its verdict says, and nothing of others.
    public void believes(ReferenceTenant tenant) {
        TreeSet<String> openWarnings = new TreeSet<>();
        TreeMap<String, Instant> suppressed = new TreeMap<>();
        tenant.verdicts().forEach((environment, verdict) -> {
            Publication.OfDecision decision = decisions.get(Publication.decisionKey(tenant.id(), environment));
            assertThat(decision.decision()).isEqualTo(verdict.decision());
            assertThat(decision.openWarnings()).isEqualTo(verdict.warningNames());
            assertThat(decision.suppressedSinks()).isEqualTo(verdict.sinkNames());
            verdict.openWarnings()
                    .keySet()
                    .forEach(warning ->
                            openWarnings.add(Publication.warningKey(tenant.id(), Optional.of(environment), warning)));
            verdict.suppressedSinks()
                    .forEach((sink, since) ->
                            suppressed.put(Publication.suppressionKey(tenant.id(), environment, sink), since.since()));
        });
        if (tenant.limitNear()) {
            openWarnings.add(Publication.warningKey(
                    tenant.id(), Optional.empty(), WarningKey.of(WarningCode.ENVIRONMENT_LIMIT_NEAR)));
        }
        String prefix = tenant.id() + "/";
        TreeMap<String, Instant> believed = new TreeMap<>();
        signals.forEach((key, signal) -> {
            if (key.startsWith(prefix) && signal instanceof Publication.OfSuppression s) {
                believed.put(key, s.suppressed().since());
            }
        });
        assertThat(believed).isEqualTo(suppressed);
        assertThat(warnings.values().stream()
                        .filter(w -> w.tenantId().equals(tenant.id())
                                && w.clearedAt().isEmpty())
                        .map(Publication.OfWarning::key))
                .containsExactlyInAnyOrderElementsOf(openWarnings);
        assertThat(decisions.keySet().stream().filter(key -> key.startsWith(prefix)))
                .hasSize(tenant.verdicts().size());
    }
}
