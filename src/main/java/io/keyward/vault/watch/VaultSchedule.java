package io.keyward.vault.watch;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The vaults ordered by their next probes.
final class VaultSchedule {
    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> order =
            new TreeSet<>(Comparator.comparing(Entry::at).thenComparing(Entry::vaultUri));

    private record Entry(Instant at, String vaultUri) {}

    void put(VaultQueue queue) {
        remove(queue);
        Entry entry = new Entry(queue.readyAt(), queue.vaultUri());
        entries.put(queue.vaultUri(), entry);
        order.add(entry);
    }

    void remove(VaultQueue queue) {
        Optional.ofNullable(entries.remove(queue.vaultUri())).ifPresent(order::remove);
    }

    /// The URI of the vault with the next probe.
    String first() {
        return order.first().vaultUri();
    }

    /// The time of the next probe; [Instant#MAX] if there is none.
    Instant next() {
        return order.isEmpty() ? Instant.MAX : order.first().at();
    }
}
