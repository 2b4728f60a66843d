package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The report of a part's owner about the keys with which its items are encrypted (R28). It states facts and never
/// gives orders.
///
/// @param phase how far the owner is with bringing the items under the desired key
/// @param items how many items are under each key version; items with a count of 0 are left out
/// @param complete whether nothing is left out of the counts
/// @param failedCount how many items the owner could not bring under the desired key
/// @param failed some of these items, at most 100
public record EnforcementReport(
        Phase phase, List<Items> items, boolean complete, long failedCount, List<FailedItem> failed) {
    /// The maximum number of entries of `items`, and of parts, in a report.
    public static final int MAX_ENTRIES = 64;

    /// The maximum number of failed items in a report.
    public static final int MAX_FAILED = 100;

    /// How far the owner of a part is.
    public enum Phase {
        RUNNING,
        SUCCEEDED,
        FAILED,
        UNKNOWN
    }

    /// A number of items under one key.
    ///
    /// @param key the key with its version; empty for the Microsoft-managed key
    public record Items(Optional<KeyReference> key, long count) {}

    /// An item that could not be brought under the desired key. Longer texts are cut, because a report is worth
    /// more than the end of a sentence.
    public record FailedItem(String itemId, String reason) {
        /// The maximum length of each text, in UTF-16 units.
        public static final int MAX_LENGTH = 200;

        public FailedItem {
            itemId = cut(FreeText.withoutControls(itemId));
            reason = cut(FreeText.withoutControls(reason));
        }

        private static String cut(String text) {
            if (text.length() <= MAX_LENGTH) {
                return text;
            }
            int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 2)) ? MAX_LENGTH - 2 : MAX_LENGTH - 1;
            return text.substring(0, end) + "…";
        }
    }

    /// A [RefusedException] with `INVALID_FIELD` is thrown for a customer key without a version, a negative count,
    /// a sum of counts that does not fit into a long, and too many entries.
    public EnforcementReport {
        Counts.requireAtMost("items", items.size(), MAX_ENTRIES, "entries");
        Counts.requireAtMost("failed", failed.size(), MAX_FAILED, "entries");
        Counts.requireNotNegative("failedCount", failedCount);
        items = merged(items);
        failed = List.copyOf(failed);
    }

    /// Whether it shows all of its part under one key (R28): complete, SUCCEEDED, nothing failed, and every item
    /// under the same key version, or all Microsoft-managed.
    public boolean clean() {
        return complete && phase == Phase.SUCCEEDED && failedCount == 0 && failed.isEmpty() && items.size() <= 1;
    }

    /// Merges entries of the same key and sorts them by key, so that equal statements are equal reports.
    private static List<Items> merged(List<Items> stated) {
        Map<String, Items> byKey = new TreeMap<>();
        for (int i = 0; i < stated.size(); i++) {
            String path = "items[" + i + "]";
            Items entry = stated.get(i);
            Counts.requireNotNegative(path + ".count", entry.count());
            if (entry.key().isPresent() && entry.key().get().version().isEmpty()) {
                throw RefusedException.invalidField(
                        path + ".key.keyVersion is missing; expected the version that the items are under.");
            }
            if (entry.count() > 0) {
                byKey.merge(
                        entry.key().map(KeyReference::toString).orElse(""),
                        entry,
                        (held, more) -> new Items(held.key(), sum(path, held.count(), more.count())));
            }
        }
        return List.copyOf(byKey.values());
    }

    private static long sum(String path, long held, long more) {
        if (held > Long.MAX_VALUE - more) {
            throw RefusedException.invalidField(
                    path + ".count is too large: the counts of its key add up to more than " + Long.MAX_VALUE + ".");
        }
        return held + more;
    }
}
