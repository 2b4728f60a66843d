package io.keyward.proof.inputs;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Deviation;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is wrong with the facts of a partition, in sentences.
///
/// @param partition of the changelogs and of the inputs
record Findings(Subject subject, int partition) {
    /// An event that the processor has read is not among the facts.
    ProofFinding lost(ReadEvent read) {
        Event event = read.event();
        FactScope scope = FactScope.of(event);
        String sentence = "The processor has read %s %s of %s, but the fact is missing in %s."
                .formatted(event.type(), event.stamp().eventId(), event.occurredAt(), subject.changelog(scope.store()));
        return new ProofFinding(
                read.origin().topic(),
                read.origin().partition(),
                read.origin().offset(),
                Optional.of(event.tenantId()),
                scope.environment(),
                Deviation.of(rule(event), sentence));
    }

    /// A row does not hold the facts that the inputs state.
    ///
    /// @param offset of the newest row about the place; -1 if there is none
    ProofFinding different(TenantId tenant, FactScope scope, long offset, String difference) {
        return ofRow(tenant, scope, offset, "The inputs state other facts%s. %s".formatted(about(scope), difference));
    }

    /// A tenant's rows cannot be read.
    ProofFinding unreadable(TenantId tenant, RuntimeException failure) {
        return ofRow(tenant, FactScope.TENANT, -1, "A row with facts cannot be read: " + failure.getMessage());
    }

    private ProofFinding ofRow(TenantId tenant, FactScope scope, long offset, String sentence) {
        return new ProofFinding(
                subject.changelog(scope.store()),
                partition,
                offset,
                Optional.of(tenant),
                scope.environment(),
                new Deviation(Optional.empty(), sentence));
    }

    /// The rule that the fact is for.
    private static Rule rule(Event event) {
        return switch (event) {
            case Event.PolicyApplied _ -> Rule.R2;
            case Event.PolicyRemoved _ -> Rule.R9;
            case Event.EnvironmentChanged _ -> Rule.R3;
            case Event.EnforcementReported _ -> Rule.R28;
            case Event.KeyRotated _ -> Rule.R16;
            case Event.KeyRevoked _ -> Rule.R20;
            case Event.KeyRestored _ -> Rule.R21;
            case Event.KeyExpiring _ -> Rule.R23;
            case Event.TenantLimitChanged _ -> Rule.R10;
            case Event.TimeReached _, Event.TenantErased _ -> Rule.R25;
        };
    }

    private static String about(FactScope scope) {
        return scope.key()
                .map(key -> " about the key " + key.vaultUri() + "/" + key.keyName())
                .orElse("");
    }

    /// In which parts two facts of one place differ.
    static String difference(Object expected, Object found) {
        Map<String, Object> held = parts(found);
        return parts(expected).entrySet().stream()
                .filter(stated -> !stated.getValue().equals(held.get(stated.getKey())))
                .map(stated -> difference(stated.getKey(), stated.getValue(), held.get(stated.getKey())))
                .collect(Collectors.joining(" "));
    }

    /// The parts of facts, by what they are called for people.
    private static Map<String, Object> parts(Object facts) {
        Map<String, Object> parts = new LinkedHashMap<>();
        switch (facts) {
            case EnvironmentFacts environment -> {
                parts.put("Snapshot", environment.snapshot());
                parts.put("Last purge", environment.purgedAt());
                parts.put("Last reset", environment.resetAt());
                parts.put("Last seen enabled", environment.runtimeEnabledAt());
                parts.put("Applications", environment.applications());
                parts.put("Removals", environment.removals());
                parts.put("Components that reported", environment.reported());
            }
            case Reports reports -> parts.put("Reports", reports.components());
            case KeyFacts key -> {
                parts.put("Rotations", key.rotations());
                parts.put("Revocations", key.revocations());
                parts.put("Restorations", key.restorations());
                parts.put("Expiries", key.expiries());
            }
            case TenantState tenant -> {
                parts.put("Limit", tenant.statedLimit());
                parts.put("Time reached", tenant.timeReached());
            }
            default -> throw new IllegalArgumentException("No facts: " + facts);
        }
        return parts;
    }

    private static String difference(String what, Object expected, Object found) {
        return expected instanceof Newest<?> stated && found instanceof Newest<?> held
                ? "%s: missing %s, not stated %s."
                        .formatted(what, Deviation.shown(without(stated, held)), Deviation.shown(without(held, stated)))
                : Deviation.sentence(what, expected, found);
    }

    private static List<Object> without(Newest<?> some, Newest<?> others) {
        List<Object> rest = new ArrayList<>(some.facts());
        rest.removeAll(others.facts());
        return rest;
    }
}
