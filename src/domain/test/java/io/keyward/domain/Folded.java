package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The knowledge of a consumer that keeps the latest record of every key. Checks that each record is consistent
/// with the ones before it.
public final class Folded {
    private final Map<String, Publication.OfDecision> decisions = new TreeMap<>();
    private final Map<String, Publication.OfWarning> warnings = new TreeMap<>();
    private final Set<String> incidents = new HashSet<>();
    private final Map<String, Signal> signals = new TreeMap<>();
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
            case Publication.OfSignal signal -> {
                assertThat(signal.revision())
                        .isEqualTo(revision(
                                signal.tenantId(), signal.environmentId().orElseThrow()));
                Signal before = signals.put(signal.key(), signal.signal());
                assertThat(before == null ? signal.signal().isNothing() : before.isEquivalentTo(signal.signal()))
                        .as("%s says something new", signal)
                        .isFalse();
                assertThat(TimeRange.joined(signal.signal().gaps()))
                        .as("gaps")
                        .isEqualTo(signal.signal().gaps());
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

    /// An incident is raised once and cleared once, with an id of its own; its records are numbered without a gap,
    /// and each update changes the content.
    private void read(Publication.OfWarning warning) {
        Publication.OfWarning before = warnings.put(warning.key(), warning);
        Incident incident = warning.incident();
        boolean open = before != null && before.clearedAt().isEmpty();
        assertThat(open)
                .as("%s %s", warning.key(), warning.status())
                .isEqualTo(warning.status() != Publication.Status.RAISED);
        if (open) {
            Incident last = before.incident();
            assertThat(incident.id()).isEqualTo(last.id());
            assertThat(incident.sequence()).isEqualTo(last.sequence() + 1);
            assertThat(incident.raisedAt()).isEqualTo(last.raisedAt());
            if (warning.clearedAt().isPresent()) {
                assertThat(incident.severity()).isEqualTo(last.severity());
                assertThat(incident.subjects()).isEqualTo(last.subjects());
                assertThat(warning.clearedAt().get()).isAfterOrEqualTo(incident.raisedAt());
            } else {
                assertThat(content(warning)).as("an update has another content").isNotEqualTo(content(before));
            }
        } else {
            assertThat(incidents.add(warning.key() + " " + incident.id()))
                    .as("%s is a new id", incident.id())
                    .isTrue();
        }
    }

    private static List<Object> content(Publication.OfWarning warning) {
        Incident incident = warning.incident();
        return List.of(warning.message(), incident.severity(), incident.subjects(), incident.subjectCount());
    }

    private long revision(TenantId tenant, EnvironmentId environment) {
        return revisions.get(Publication.decisionKey(tenant, environment));
    }

    /// Asserts that a consumer knows exactly the verdict on every environment, and nothing else.
    public void believes(ReferenceTenant tenant) {
        TreeSet<String> openWarnings = new TreeSet<>();
        TreeSet<String> suppressed = new TreeSet<>();
        TreeMap<String, Signal> stored = new TreeMap<>();
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
                    .forEach(sink -> suppressed.add(Publication.suppressionKey(tenant.id(), environment, sink)));
        });
        if (tenant.limitNear()) {
            openWarnings.add(Publication.warningKey(tenant.id(), Optional.empty(), WarningCode.ENVIRONMENT_LIMIT_NEAR));
        }
        String prefix = tenant.id() + "/";
        TreeMap<String, Signal> believed = new TreeMap<>(signals);
        believed.keySet().removeIf(key -> !key.startsWith(prefix));
        tenant.environments()
                .forEach(environment -> tenant.published(environment)
                        .signals()
                        .forEach((sink, signal) ->
                                stored.put(Publication.suppressionKey(tenant.id(), environment, sink), signal)));
        // A signal without suppression and gaps carries the time of its cause. If an event reaches an environment
        // before an interrupted fan-out does, the cause is another one.
        stored.values().removeIf(Signal::isNothing);
        believed.values().removeIf(Signal::isNothing);
        assertThat(believed).isEqualTo(stored);
        believed.values().removeIf(signal -> !signal.suppresses());
        assertThat(believed.keySet()).isEqualTo(suppressed);
        assertThat(warnings.values().stream()
                        .filter(w -> w.tenantId().equals(tenant.id())
                                && w.clearedAt().isEmpty())
                        .map(Publication.OfWarning::key))
                .containsExactlyInAnyOrderElementsOf(openWarnings);
        assertThat(decisions.keySet().stream().filter(key -> key.startsWith(prefix)))
                .hasSize(tenant.verdicts().size());
    }
}
