package io.keyward.console.whatif;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.DryRun;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Tries events on a copy of what is known after the event that they may undo. For one trial.
final class UndoTrial {
    private final TenantRows before;
    private final TenantRows now;
    private final DryRun dryRun;
    private final NavigableSet<EnvironmentId> touched =
            new TreeSet<>((one, other) -> one.value().compareTo(other.value()));
    private final List<String> gaps = new ArrayList<>();
    private int environments;

    /// @param dryRun of the event
    /// @param before what was known before the event
    /// @param after what is known after it
    UndoTrial(DryRun dryRun, TenantRows before, StoreCopies after) {
        StoreCopies copies = new StoreCopies(after);
        this.before = before;
        this.now = copies.now(before.tenant());
        this.dryRun = dryRun.over(copies);
    }

    /// Remembers which environments these outputs are about.
    void touch(List<DryRun.Output> outputs) {
        outputs.forEach(output -> Subjects.environment(output.publication()).ifPresent(touched::add));
    }

    /// Decides the events as soon as they have occurred; false if one would be refused, or reaches more environments
    /// than may be tried.
    boolean send(List<Event> events) {
        for (Event event : events) {
            switch (dryRun.decide(EventLines.of(event), event.occurredAt())) {
                case DryRun.Outcome.Refused _ -> {
                    return false;
                }
                case DryRun.Outcome.Decided decided -> {
                    environments += decided.environments();
                    touch(decided.outputs());
                    decided.outputs().forEach(output -> note(output.publication()));
                    if (!decided.complete()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /// The environments that wait for their runtime to be enabled, and did not before (R21).
    List<EnvironmentId> recoverable() {
        return touched.stream()
                .filter(environment ->
                        isRecoverable(now.environment(environment)) && !isRecoverable(before.environment(environment)))
                .toList();
    }

    private static boolean isRecoverable(EnvironmentState state) {
        return state.published()
                .decision()
                .map(Decision::encryptionState)
                .equals(Optional.of(EncryptionState.RECOVERABLE));
    }

    /// What differs from before the event, in all environments that were decided otherwise at some time since.
    List<Deviation> deviations() {
        List<Deviation> found = new ArrayList<>();
        touched.forEach(environment -> found.addAll(Differences.between(
                environment,
                before.environment(environment).published(),
                now.environment(environment).published())));
        boolean near = now.state().limitNearSince().isPresent();
        if (near != before.state().limitNearSince().isPresent()) {
            String part = "Tenant " + before.tenant() + ": " + WarningCode.ENVIRONMENT_LIMIT_NEAR;
            found.add(new Deviation(part, near ? "open" : "cleared", near ? "cleared" : "open"));
        }
        return found;
    }

    /// What the time between leaves behind, although the decisions may be as before.
    List<String> gaps() {
        return List.copyOf(gaps);
    }

    /// What is known after what was sent.
    TenantRows now() {
        return now;
    }

    /// How many environments the trial has decided.
    int environments() {
        return environments;
    }

    private void note(Publication publication) {
        if (publication instanceof Publication.OfAllowance allowed && wasAllowed(allowed)) {
            gaps.add("Environment %s: %s gets no data of the time from %s until it is undone (R15)."
                    .formatted(allowed.environmentId(), allowed.sink(), allowed.gapFrom()));
        }
    }

    private boolean wasAllowed(Publication.OfAllowance allowed) {
        return before.environment(allowed.environmentId())
                .published()
                .signals()
                .getOrDefault(allowed.sink(), Optional.empty())
                .isEmpty();
    }
}
