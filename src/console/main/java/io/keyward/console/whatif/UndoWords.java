package io.keyward.console.whatif;

import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says in words how an event can be undone, or what remains possible if it cannot.
final class UndoWords {
    /// Enough for a few environments; more would not be read.
    private static final int MAX_SENTENCES = 50;

    private UndoWords() {}

    static Undo nothingToUndo() {
        return new Undo(
                Undo.Possible.YES,
                List.of(),
                0,
                "The event adds nothing to what is known: nothing is to be undone.",
                List.of());
    }

    /// @param enabling what enables runtimes again after the opposites
    /// @param atOnce whether no component has to be reported first
    static String possible(List<Event> opposites, List<Event> enabling, boolean whole, boolean atOnce) {
        List<String> steps = new ArrayList<>();
        opposites.forEach(event -> steps.add(step(event)));
        if (enabling.size() == 1 && enabling.getFirst() instanceof Event.EnvironmentChanged e) {
            steps.add("enable the runtime of environment " + e.environmentId() + " again");
        } else if (!enabling.isEmpty()) {
            steps.add("enable the runtimes of " + enabling.size() + " environments again");
        }
        String waiting = atOnce ? "" : ", once components are reported again";
        return "To undo it, " + String.join(", then ", steps)
                + (whole ? ". Every decision is then as before" + waiting + "." : ". That does not undo it wholly.");
    }

    private static String step(Event event) {
        return switch (event) {
            case Event.PolicyApplied e ->
                "apply policy %s to environment %s again, with key %s"
                        .formatted(e.policyId(), e.environmentId(), e.key());
            case Event.PolicyRemoved e ->
                "remove policy %s from environment %s".formatted(e.policyId(), e.environmentId());
            case Event.EnvironmentChanged e ->
                "bring environment %s back to what its previous snapshot says".formatted(e.environmentId());
            case Event.KeyRevoked e -> "revoke " + key(e.key(), e.version()) + " again";
            case Event.KeyRestored e -> "make " + key(e.key(), e.version()) + " usable again";
            case Event.KeyExpiring e ->
                "let version %s of key %s expire on %s, as announced before"
                        .formatted(e.version(), e.key(), OpenWarning.date(e.expiresAt()));
            case Event.TenantLimitChanged e -> "set the limit back to " + e.environmentLimit();
            case Event.EnforcementReported e ->
                "bring the items of %s back to what was reported before, and report that".formatted(part(e));
            case Event.KeyRotated _, Event.TenantErased _, Event.TimeReached _ ->
                throw new IllegalArgumentException(event.type());
        };
    }

    private static String part(Event.EnforcementReported e) {
        String component = "the component " + e.component().title() + " of environment " + e.environmentId();
        return e.part().equals(PartName.ONLY) ? component : "the part " + e.part() + " of " + component;
    }

    private static String key(KeyId key, Optional<KeyVersion> version) {
        return (version.isPresent() ? "key version " : "key ") + new KeyReference(key, version);
    }

    /// @param effects what stays different
    static Undo impossible(Event event, List<ChangedPart> effects) {
        return new Undo(
                Undo.Possible.NO,
                List.of(),
                0,
                (effects.isEmpty() ? "No decision changes now, but the event stays known. " : "") + why(event),
                sentences(effects));
    }

    /// One sentence for each environment or tenant, up to a bound.
    static List<String> sentences(List<ChangedPart> changes) {
        Map<String, List<ChangedPart>> byOwner = changes.stream()
                .collect(Collectors.groupingBy(ChangedPart::owner, LinkedHashMap::new, Collectors.toList()));
        return bounded(
                byOwner.entrySet().stream()
                        .map(owner -> owner.getKey() + ": " + sentence(owner.getValue()))
                        .toList(),
                "%,d more environments differ.");
    }

    /// The first ones, and how many more there are.
    static List<String> bounded(List<String> sentences) {
        return bounded(sentences, "The same holds of %,d more.");
    }

    private static List<String> bounded(List<String> sentences, String more) {
        int left = Math.max(0, sentences.size() - MAX_SENTENCES);
        List<String> first = new ArrayList<>(sentences.subList(0, sentences.size() - left));
        if (left > 0) {
            first.add(more.formatted(left));
        }
        return first;
    }

    private static String sentence(List<ChangedPart> ofOne) {
        return ofOne.stream()
                .collect(Collectors.groupingBy(ChangedPart::told, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(ChangedPart::sentence)
                .collect(Collectors.joining("; ", "", "."));
    }

    private static String why(Event event) {
        return switch (event) {
            case Event.EnvironmentChanged e
            when e.snapshot().lifecycle() == Lifecycle.PURGED ->
                "A purge cannot be undone: what was known of the environment is void. A new environment can be created"
                        + " and a policy applied to it.";
            case Event.EnvironmentChanged e
            when e.snapshot().lifecycle() == Lifecycle.RESET ->
                "A reset cannot be undone: the data and its backups are gone, and the policy link is void. The policy"
                        + " can be applied again; it then protects what is created from then on.";
            case Event.EnvironmentChanged _ ->
                "No earlier snapshot of the environment brings the decision back. A later snapshot can state what is"
                        + " true then.";
            case Event.KeyRotated _ ->
                "A rotation cannot be undone: the new version stays known as current from then on. The key can be"
                        + " rotated once more; until the dates to which they must be kept the previous versions must stay enabled.";
            case Event.EnforcementReported _ ->
                "A report cannot be withdrawn, and no earlier one of the same part brings the decision back. A later"
                        + " report can state what is true then.";
            case Event.TenantErased _ ->
                "An erasure cannot be undone: nothing is known of the tenant any more. Its events can be sent again.";
            case Event.TimeReached _ -> "Time does not run back. What has fallen due can be answered by later events.";
            case Event.KeyExpiring _ ->
                "An announced expiry cannot be withdrawn, and none was announced before. Another date can be announced,"
                        + " or the key rotated to a new version.";
            case Event.KeyRestored _ ->
                "Nothing that the restoration ended can be stated again to the same effect. The key can be revoked,"
                        + " which begins a new lock.";
            case Event.PolicyRemoved _ ->
                "The application of the policy that was removed is not known, or applying it again changes nothing for"
                        + " the better. A policy can be applied anew.";
            case Event.PolicyApplied _ ->
                "Neither the previous policy nor the removal of this one brings the decision back. Another policy can be"
                        + " applied.";
            case Event.KeyRevoked _ ->
                "What ends this revocation ends earlier ones that are still open too. The key can be restored for all of"
                        + " them.";
            case Event.TenantLimitChanged _ ->
                "The previous limit does not bring the decisions back. Another limit can be stated.";
        };
    }
}
