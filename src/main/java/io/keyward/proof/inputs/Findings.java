package io.keyward.proof.inputs;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Finding;
import io.keyward.proof.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// What is wrong with the facts of a partition, in sentences.
///
/// @param partition of the changelogs and of the inputs
record Findings(Subject subject, int partition) {
    private static final int LONGEST = 300;

    /// An event that the processor has read is not among the facts.
    Finding lost(ReadEvent read) {
        Event event = read.event();
        return new Finding(
                read.origin().topic(),
                read.origin().partition(),
                read.origin().offset(),
                Optional.of(event.tenantId()),
                environment(event),
                Optional.of(rule(event)),
                "The processor has read %s %s of %s, but the fact is missing in %s."
                        .formatted(
                                event.type(),
                                event.stamp().eventId(),
                                event.occurredAt(),
                                subject.changelog(FactRows.store(place(event)))));
    }

    /// A row does not hold the facts that the inputs state.
    Finding different(TenantId tenant, Place place, TenantFacts expected, FactRows rows) {
        return new Finding(
                subject.changelog(FactRows.store(place)),
                partition,
                rows.offset(tenant, place),
                Optional.of(tenant),
                environment(place),
                Optional.empty(),
                "The inputs state other facts%s. %s"
                        .formatted(about(place), difference(place, expected, rows.facts(tenant))));
    }

    /// A tenant's rows cannot be read.
    Finding unreadable(TenantId tenant, RuntimeException failure) {
        return new Finding(
                subject.changelog(FactRows.store(new Place.OfTenant())),
                partition,
                -1,
                Optional.of(tenant),
                Optional.empty(),
                Optional.empty(),
                "A row with facts cannot be read: " + failure.getMessage());
    }

    /// The row that an event changes first.
    static Place place(Event event) {
        return switch (event) {
            case Event.EnforcementReported e -> new Place.OfReports(e.environmentId());
            case Event.OfEnvironment e -> new Place.OfEnvironment(e.environmentId());
            case Event.OfKey e -> new Place.OfKey(e.key());
            case Event.TenantLimitChanged _, Event.TimeReached _, Event.TenantErased _ -> new Place.OfTenant();
        };
    }

    private static Optional<EnvironmentId> environment(Event event) {
        return event instanceof Event.OfEnvironment e ? Optional.of(e.environmentId()) : Optional.empty();
    }

    static Optional<EnvironmentId> environment(Place place) {
        return switch (place) {
            case Place.OfEnvironment(EnvironmentId environment) -> Optional.of(environment);
            case Place.OfReports(EnvironmentId environment) -> Optional.of(environment);
            case Place.OfKey _, Place.OfTenant _ -> Optional.empty();
        };
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

    private static String about(Place place) {
        return place instanceof Place.OfKey(var key) ? " about the key " + key.vaultUri() + "/" + key.keyName() : "";
    }

    private static String difference(Place place, TenantFacts expected, TenantFacts found) {
        StringJoiner all = new StringJoiner(" ");
        switch (place) {
            case Place.OfEnvironment(EnvironmentId id) -> {
                EnvironmentFacts one = expected.of(id);
                EnvironmentFacts other = found.of(id);
                add(all, "Snapshot", one.snapshot(), other.snapshot());
                add(all, "Last purge", one.purgedAt(), other.purgedAt());
                add(all, "Last reset", one.resetAt(), other.resetAt());
                add(all, "Last seen enabled", one.runtimeEnabledAt(), other.runtimeEnabledAt());
                add(all, "Applications", one.applications(), other.applications());
                add(all, "Removals", one.removals(), other.removals());
                add(all, "Components that reported", one.reported(), other.reported());
            }
            case Place.OfReports(EnvironmentId id) ->
                add(
                        all,
                        "Reports",
                        expected.reportsOf(id).components(),
                        found.reportsOf(id).components());
            case Place.OfKey(var key) -> {
                KeyFacts one = expected.of(key);
                KeyFacts other = found.of(key);
                add(all, "Rotations", one.rotations(), other.rotations());
                add(all, "Revocations", one.revocations(), other.revocations());
                add(all, "Restorations", one.restorations(), other.restorations());
                add(all, "Expiries", one.expiries(), other.expiries());
            }
            case Place.OfTenant _ -> {
                add(all, "Limit", expected.state().statedLimit(), found.state().statedLimit());
                add(
                        all,
                        "Time reached",
                        expected.state().timeReached(),
                        found.state().timeReached());
            }
        }
        return all.toString();
    }

    private static void add(StringJoiner all, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            all.add(
                    expected instanceof Newest<?> stated && found instanceof Newest<?> held
                            ? "%s: missing %s, not stated %s."
                                    .formatted(what, shortened(without(stated, held)), shortened(without(held, stated)))
                            : "%s: expected %s, found %s.".formatted(what, shortened(expected), shortened(found)));
        }
    }

    private static List<Object> without(Newest<?> some, Newest<?> others) {
        List<Object> rest = new ArrayList<>(some.facts());
        rest.removeAll(others.facts());
        return rest;
    }

    private static String shortened(Object value) {
        String text = value instanceof Optional<?> optional
                ? optional.map(Object::toString).orElse("none")
                : value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
