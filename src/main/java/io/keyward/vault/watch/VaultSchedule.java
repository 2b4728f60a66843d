package io.keyward.vault.watch;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The vaults in the order in which they can be asked.
final class VaultSchedule {
    private final Map<String, Turn> turns = new HashMap<>();
    private final TreeSet<Turn> order =
            new TreeSet<>(Comparator.comparing(Turn::at).thenComparing(Turn::vaultUri));

    private record Turn(Instant at, String vaultUri) {}

    /// Puts a vault into its place, when that may have changed.
    void put(VaultQueue lane) {
        remove(lane);
        Turn turn = new Turn(lane.readyAt(), lane.vaultUri());
        turns.put(lane.vaultUri(), turn);
        order.add(turn);
    }

    void remove(VaultQueue lane) {
        Optional.ofNullable(turns.remove(lane.vaultUri())).ifPresent(order::remove);
    }

    /// The vault that can be asked first.
    String first() {
        return order.first().vaultUri();
    }

    /// When that is; [Instant#MAX] if there is none.
    Instant next() {
        return order.isEmpty() ? Instant.MAX : order.first().at();
    }
}
