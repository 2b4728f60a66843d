package io.keyward.proof;

import io.keyward.domain.Decider;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.RaisedWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/// Checks one environment: its facts decided anew give what is stored, what is stored is what the outputs say, and the
/// stores that repeat parts of it do so.
final class EnvironmentCheck {
    /// No event causes this decision. It publishes nothing, or what it would publish is a finding.
    private static final Cause NONE = new Cause("", "", Instant.EPOCH, "", -1, -1);

    private final Decider decider;
    private final OutputRecords outputs;

    EnvironmentCheck(Decider decider, OutputRecords outputs) {
        this.decider = decider;
        this.outputs = outputs;
    }

    /// An environment, with its row.
    private record Subjected(EnvironmentId id, StoredRow row, EnvironmentState state) {}

    /// @param number of this check: rows and records that the environment asks for are marked with it
    void check(
            TenantFacts tenant,
            EnvironmentId environment,
            StoredRow row,
            EnvironmentState state,
            Discrepancies discrepancies,
            int number) {
        Subjected checked = new Subjected(environment, row, state);
        checkDecision(tenant, checked, discrepancies);
        checkRows(tenant, checked, discrepancies, number);
        checkOutputs(tenant.records(), checked, discrepancies, number);
    }

    private void checkDecision(TenantFacts tenant, Subjected checked, Discrepancies discrepancies) {
        EnvironmentState state = checked.state();
        Reports reports = tenant.reports(checked.id());
        Decider.Input input = new Decider.Input(
                state,
                state.facts(),
                decider.profile().evidence() == RuleProfile.Evidence.IGNORE ? Reports.NONE : reports,
                tenant.keys(),
                tenant.state().timeReached().orElse(Instant.MIN),
                // Whether somebody waits although a slot is free is asked of the tenant as a whole.
                () -> false);
        List<Deviation> deviations =
                RedecidedState.deviations(state, decider.decide(tenant.records().id(), checked.id(), input, NONE));
        if (deviations.isEmpty()) {
            return;
        }
        var about = new Discrepancies.About(
                Optional.of(checked.id()),
                tenant.awaitsSweep(state) ? Discrepancy.Kind.AWAITS_SWEEP : Discrepancy.Kind.DIFFERENCE,
                tenant.evidence(checked.id(), checked.row(), state));
        deviations.forEach(deviation -> discrepancies.atRow(Nodes.ENVIRONMENTS, checked.row(), deviation, about));
    }

    private static void checkRows(TenantFacts tenant, Subjected checked, Discrepancies discrepancies, int number) {
        TenantRecords records = tenant.records();
        TenantId id = records.id();
        EnvironmentState state = checked.state();
        var about = Discrepancies.About.environment(checked.id(), new Evidence().add(checked.row()));
        state.facts().keys().forEach(key -> {
            if (isMissing(records, Nodes.KEY_USAGE, RowKeys.usage(id, key, checked.id()), number)) {
                discrepancies.atRow(
                        Nodes.ENVIRONMENTS,
                        checked.row(),
                        Deviation.of(
                                Rule.R16,
                                "Expected a row of the store key-usage that says that it uses the key " + key
                                        + ", found none: events about the key do not reach it."),
                        about);
            }
        });
        state.slot().queuedAt().ifPresent(place -> {
            if (isMissing(records, Nodes.TENANTS, RowKeys.queue(id, place, checked.id()), number)) {
                discrepancies.atRow(
                        Nodes.ENVIRONMENTS,
                        checked.row(),
                        Deviation.of(
                                Rule.R12,
                                "Expected a row of the store tenants for its place in the queue at " + place
                                        + ", found none: it would wait forever."),
                        about);
            }
        });
        state.firesAt().ifPresent(at -> {
            if (isMissing(records, Nodes.DEADLINES, RowKeys.deadline(id, at, checked.id()), number)) {
                discrepancies.atRow(
                        Nodes.ENVIRONMENTS,
                        checked.row(),
                        Deviation.of(
                                Rule.R25,
                                "Expected a row of the store deadlines for its timer at " + at
                                        + ", found none: it would not be decided then."),
                        about);
            }
        });
        checkReported(tenant, checked, discrepancies);
    }

    private static void checkReported(TenantFacts tenant, Subjected checked, Discrepancies discrepancies) {
        Set<Component> expected = checked.state().facts().reported();
        Set<Component> found = tenant.reports(checked.id()).components().keySet();
        if (!expected.equals(found)) {
            discrepancies.atRow(
                    Nodes.ENVIRONMENTS,
                    checked.row(),
                    Deviation.of(
                            Rule.R28,
                            Deviation.sentence(
                                    "The components with rows in the store enforcement",
                                    new TreeSet<>(expected),
                                    new TreeSet<>(found))),
                    Discrepancies.About.environment(
                            checked.id(), tenant.evidence(checked.id(), checked.row(), checked.state())));
        }
    }

    private static boolean isMissing(TenantRecords records, String store, Bytes key, int number) {
        StoredRow row = records.rows(store).get(key);
        if (row != null) {
            row.expectedBy(number);
        }
        return row == null;
    }

    private void checkOutputs(TenantRecords records, Subjected checked, Discrepancies discrepancies, int number) {
        TenantId id = records.id();
        EnvironmentId environment = checked.id();
        Published published = checked.state().published();
        PublishedRecords compared = new PublishedRecords(records, environment, checked.row(), discrepancies, number);
        if (published.decision().isPresent()) {
            compared.compare(
                    Topic.ENCRYPTION_DECISIONS,
                    Publication.decisionKey(id, environment),
                    record -> outputs.decision(id, environment, checked.state(), record));
        }
        published
                .warnings()
                .forEach((key, raised) -> compared.compare(
                        Topic.WARNINGS,
                        Publication.warningKey(id, Optional.of(environment), key),
                        record -> outputs.warning(
                                id, Optional.of(environment), key, raised.map(RaisedWarning::at), record)));
        published
                .signals()
                .forEach((sink, signal) -> compared.compare(
                        Topic.ANALYTICS_SUPPRESSIONS,
                        Publication.suppressionKey(id, environment, sink),
                        record -> outputs.signal(id, environment, sink, signal, published.revision(), record)));
    }
}
