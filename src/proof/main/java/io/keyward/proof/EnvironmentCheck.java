package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/// Checks one environment: its facts, decided again, give what is stored, what is stored is what the outputs
/// say, and the stores that repeat parts of it do so.
///
/// @param row of the environment, with this state
record EnvironmentCheck(
        RuleProfile profile,
        OutputRecords outputs,
        StoredTenant tenant,
        Discrepancies found,
        EnvironmentId environment,
        NewestRecord row,
        EnvironmentState state) {
    void run() {
        checkDecision();
        checkRows();
        checkReported();
        checkOutputs(state.published());
    }

    private TenantId tenantId() {
        return tenant.records().id();
    }

    private void checkDecision() {
        Decider.Input input = new Decider.Input(
                state,
                state.facts(),
                tenant.reports(environment),
                tenant.keys(),
                tenant.state().timeReached().orElse(Instant.MIN),
                tenant.ofPartition().erasedAt(tenantId()),
                // Whether somebody waits although a slot is free is asked of the tenant as a whole.
                () -> false);
        // No event causes this decision. It publishes nothing, or what it would publish is a finding.
        DecisionResult decided =
                tenant.ofPartition().decider(profile).decide(tenantId(), environment, input, Cause.NONE);
        List<Deviation> deviations = new RedecidedState(state, decided).deviations();
        if (deviations.isEmpty()) {
            return;
        }
        var about = new Discrepancies.About(
                Optional.of(environment), tenant.awaitsFanOut(state), tenant.evidence(environment, row, state));
        deviations.forEach(deviation -> found.atRow(Nodes.ENVIRONMENTS, row, deviation, about));
    }

    private void checkRows() {
        state.facts()
                .allKeys()
                .forEach(key -> requireRow(
                        Nodes.KEY_USAGE,
                        RowKeys.usage(tenantId(), key, environment),
                        Rule.R16,
                        "that says that it uses the key " + key
                                + ", found none: events about the key do not reach it."));
        state.slot()
                .queuedAt()
                .ifPresent(place -> requireRow(
                        Nodes.TENANTS,
                        RowKeys.queue(tenantId(), place, environment),
                        Rule.R12,
                        "for its place in the queue at " + place + ", found none: it would wait forever."));
        state.firesAt()
                .ifPresent(at -> requireRow(
                        Nodes.DEADLINES,
                        RowKeys.deadline(tenantId(), at, environment),
                        Rule.R25,
                        "for its timer at " + at + ", found none: it would not be decided then."));
    }

    /// @param missing which row is expected, and what is wrong if there is none
    private void requireRow(String store, Bytes key, Rule rule, String missing) {
        NewestRecord implied = tenant.records().rows(store).get(key);
        if (implied == null) {
            String sentence = "Expected a row of the store %s %s".formatted(store, missing);
            report(Deviation.of(rule, sentence), List.of(row.offset()));
        } else {
            found.expect(implied);
        }
    }

    /// Something is wrong with the row itself.
    private void report(Deviation deviation, List<Long> evidence) {
        found.atRow(
                Nodes.ENVIRONMENTS, row, deviation, new Discrepancies.About(Optional.of(environment), false, evidence));
    }

    private void checkReported() {
        Set<Component> expected = new TreeSet<>(state.facts().reported());
        Set<Component> stored =
                new TreeSet<>(tenant.reports(environment).components().keySet());
        Deviation.between("The components with rows in the store enforcement", expected, stored, Optional.of(Rule.R28))
                .ifPresent(deviation -> report(deviation, tenant.evidence(environment, row, state)));
    }

    private void checkOutputs(Published published) {
        if (published.decision().isPresent()) {
            compare(
                    Topic.ENCRYPTION_DECISIONS,
                    Publication.decisionKey(tenantId(), environment),
                    record -> outputs.decision(tenantId(), environment, published, record));
        }
        published
                .warnings()
                .forEach((key, raised) -> compare(
                        Topic.WARNINGS,
                        Publication.warningKey(tenantId(), Optional.of(environment), key),
                        record -> outputs.warning(tenantId(), Optional.of(environment), key, raised, record)));
        published
                .signals()
                .forEach((sink, signal) -> compare(
                        Topic.ANALYTICS_SUPPRESSIONS,
                        Publication.suppressionKey(tenantId(), environment, sink),
                        record -> outputs.signal(tenantId(), environment, sink, signal, published.revision(), record)));
    }

    private void compare(Topic topic, String key, Function<NewestOutput, Optional<String>> difference) {
        found.compare(
                new Discrepancies.Implied(Nodes.ENVIRONMENTS, row, Optional.of(environment)), topic, key, difference);
    }
}
