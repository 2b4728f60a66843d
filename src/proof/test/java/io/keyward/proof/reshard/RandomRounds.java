package io.keyward.proof.reshard;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;

import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A random history in rounds, each with one event for each tenant. If each round is decided before the next one is
/// sent, the order of a tenant's events is always the same, and so are its slots and its revisions.
record RandomRounds(long seed, int tenants, int rounds) {
    List<List<Event>> events() {
        Random random = new Random(seed);
        List<List<Event>> history = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int day = round + 1;
            history.add(IntStream.range(0, tenants)
                    .mapToObj(tenant -> event(random, day, "tenant-" + tenant))
                    .toList());
        }
        return history;
    }

    /// The first rounds make environments and a limit that not all of them can have.
    private static Event event(Random random, int day, String tenant) {
        String environment = "e" + random.nextInt(3);
        String key = "k" + random.nextInt(2);
        return switch (day) {
            case 1 -> limit(day, tenant, 1);
            case 2 -> clean(day, tenant, "e0");
            case 3 -> clean(day, tenant, "e1");
            case 4 -> applied(day, tenant, "e0", "k0");
            case 5 -> applied(day, tenant, "e1", "k1");
            default ->
                switch (random.nextInt(9)) {
                    case 0 -> clean(day, tenant, environment);
                    case 1 -> applied(day, tenant, environment, key);
                    case 2 -> removed(day, tenant, environment, key);
                    case 3 -> rotated(day, tenant, key, "v" + day);
                    case 4 -> revoked(day, tenant, key);
                    case 5 -> restored(day, tenant, key);
                    case 6 -> expiring(day, tenant, key, "v" + day);
                    case 7 -> reported(day, tenant, environment, key);
                    default -> limit(day, tenant, random.nextInt(3));
                };
        };
    }
}
