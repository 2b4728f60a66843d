package io.keyward.domain;

import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Composes sentences for administrators.
public final class Sentences {
    /// How many names a list in a sentence has.
    private static final int NAMED = 3;

    private Sentences() {}

    /// A date and time to the minute.
    public static String date(Instant moment) {
        return OpenWarning.date(moment);
    }

    /// When the last of these reports was true, to the minute.
    static String last(List<PartReports.Stated> reports) {
        return date(reports.stream()
                .map(PartReports.Stated::at)
                .max(Comparator.naturalOrder())
                .orElseThrow());
    }

    /// The text with a capital first letter.
    public static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /// The text with a full stop at its end.
    public static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /// The first few of these names, and how many more there are.
    public static String some(List<String> names) {
        return some(names, NAMED);
    }

    /// The first of these names, at most that many, and how many more there are.
    static String some(List<String> names, int most) {
        String first = names.stream().limit(most).map(FreeText::isolated).collect(Collectors.joining(", "));
        return names.size() <= most ? first : first + " and " + (names.size() - most) + " more";
    }

    /// The key, or one version of it.
    public static String name(KeyId key, Optional<KeyVersion> version) {
        return version.map(v -> "version " + v + " of ").orElse("") + "the key " + key;
    }

    /// The key with its version, if one is known; empty for the Microsoft-managed key.
    static String key(Optional<KeyReference> key) {
        return key.map(reference -> "the key " + reference).orElse("the Microsoft-managed key");
    }

    /// What happened, and when.
    public static String happened(Fact.Revocation revocation) {
        return revocation.cause().describe(revocation.version()) + " on " + date(revocation.at());
    }

    /// What to do to undo a revocation, as the beginning of a sentence.
    public static String undo(KeyId key, Fact.Revocation revocation) {
        String name = name(key, revocation.version());
        return switch (revocation.cause()) {
            case KEY_DISABLED -> "Enable " + name + " in its vault";
            case KEY_DELETED -> "Recover " + name + " in its vault, as long as the vault still keeps it";
            case VAULT_DELETED -> "Recover the vault of the key " + key + ", as long as that is still possible";
            case ACCESS_REMOVED -> "Give the platform access to " + name + " again";
            case NETWORK_BLOCKED -> "Open the network rules of the vault, so that the platform reaches " + name;
            case POLICY_DELETED -> "Create the enterprise policy of the key " + key + " again";
            case KEY_EXPIRED -> "Set a later date of expiry for " + name;
            case OTHER, UNKNOWN -> "Find out why " + name + " cannot be used, and make it usable again";
        };
    }
}
