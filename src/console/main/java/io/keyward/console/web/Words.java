package io.keyward.console.web;

import io.keyward.console.answer.EnvironmentAnswer.SlotState;
import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.KeyList;
import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Deadline;
import io.keyward.console.whatif.CodeWords;
import io.keyward.domain.advice.DisableBlocker;
import io.keyward.domain.advice.Remedy;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.FreeText;
import io.keyward.topology.contract.EventLine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The names of the domain in the words of the pages.
final class Words {
    private Words() {}

    /// The meaning of a state, as a sentence.
    static String meaning(EncryptionState state) {
        return switch (state) {
            case MICROSOFT_MANAGED -> "Everything is encrypted with the Microsoft-managed key.";
            case CUSTOMER_MANAGED -> "The data is under the customer's key. The components below say what is not.";
            case LOCKED -> "The key cannot be used, so nothing that is under it can be read.";
            case RECOVERABLE -> "The key is usable again, but the environment has not been enabled since.";
            case DELETED -> "The environment is deleted. It can still come back until it is purged.";
        };
    }

    static String of(EnvironmentType type) {
        return type == EnvironmentType.UNKNOWN ? "type not known" : type.name().toLowerCase(Locale.ROOT);
    }

    static String of(Deadline.Kind kind) {
        return switch (kind) {
            case DELETION -> "Deletions";
            case KEY_EXPIRY -> "Expiries of keys";
            case ENFORCEMENT_LATE -> "Components that become late";
            case DECISION -> "Warnings and components that change";
            case RETENTION_END -> "Keys that need not be kept any longer";
        };
    }

    static String of(DisableBlocker.Code code) {
        return switch (code) {
            case IN_USE -> "In use";
            case NOT_BEFORE -> "Must be kept";
            case UNPROVEN -> "Not proven";
            case SUCCESSOR_UNUSABLE -> "Its successor cannot be relied on";
            case NOT_KNOWN -> "Not known";
        };
    }

    static String of(KeyAnswer.User.Use use) {
        return switch (use) {
            case DATA -> "Data is under this key";
            case BACKUPS -> "Backups may need this key";
            case APPLIED -> "A policy named this key once";
            case REPORTED -> "Items are reported under this key, which no policy named";
        };
    }

    static String of(KeyAnswer.Version.State state) {
        return switch (state) {
            case CURRENT -> "Newest version";
            case SUPERSEDED -> "Replaced by a newer version";
            case NEVER_CURRENT -> "Never known as the newest version";
        };
    }

    static String of(SlotState.Standing standing) {
        return switch (standing) {
            case HELD -> "Enabled, counts towards the limit";
            case WAITING -> "Waits for a free place within the limit";
            case NOT_ELIGIBLE -> "Cannot be enabled: not eligible";
            case NONE -> "Not enabled";
        };
    }

    /// A sentence about the entries on a page of a list.
    ///
    /// @param noun what one entry is
    /// @param more whether another page follows
    /// @param further whether it is not the first page
    static String ofFound(List<?> entries, String noun, boolean more, boolean further) {
        String found = entries.size() == 1 ? "1 " + noun : entries.size() + " " + noun + "s";
        if (more) {
            return entries.isEmpty()
                    ? "No match among those searched so far; there are more."
                    : found + " on this page; there are more.";
        }
        return entries.isEmpty()
                ? "No " + (further ? "further " : "") + noun + " matches."
                : found + (further ? " on this last page." : ".");
    }

    static String of(KeyList.Standing standing) {
        return switch (standing) {
            case REVOKED -> "Revoked";
            case EXPIRING -> "Expired, or expires within 30 days";
            case UNUSED -> "No data is under it";
        };
    }

    /// Whether a key may be disabled; without the date.
    static String of(KeyList.Disabling disabling) {
        return switch (disabling) {
            case YES -> "Now";
            case LATER -> "From";
            case IN_USE -> "Not while it is in use";
            case NO -> "Not for other reasons";
            case ASK -> "Ask: many environments used it";
        };
    }

    static String ofWarnings(List<String> listed) {
        return listed.stream().map(CodeWords::of).collect(Collectors.joining(", "));
    }

    /// The steps of a remedy as event lines.
    static String lines(Remedy remedy) {
        return remedy.steps().stream()
                .map(step -> EventLine.write(step.event(), Answer.SOURCE).toString())
                .collect(Collectors.joining("\n"));
    }

    static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The name of an event's schema, such as `KeyRotated`, in words.
    static String ofEvent(String type) {
        return type.equals("PROFILE_CHANGED") ? "New rules" : CodeWords.of(type.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    static String ofCauses(List<RevocationCause> causes) {
        return causes.stream()
                .distinct()
                .map(cause -> CodeWords.of(cause.name()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /// The subjects of a warning, to be added to its name; empty if it is about the whole environment.
    ///
    /// @param count the number of subjects, including those that are not named
    static String ofSubjects(List<String> named, int count) {
        String more = count > named.size() ? " and %d more".formatted(count - named.size()) : "";
        return named.isEmpty()
                ? ""
                : " (" + named.stream().map(FreeText::isolated).collect(Collectors.joining(", ")) + more + ")";
    }
}
