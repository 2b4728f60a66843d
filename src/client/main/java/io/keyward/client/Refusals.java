package io.keyward.client;

import io.keyward.client.Outcome.Refused;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The coordinates of all refused events. Only the code is kept of the oldest, so that a flood of dead letters
/// cannot exhaust the memory of a service. For one thread.
final class Refusals {
    private static final int SHIFT = 10;

    private final int most;
    private final Map<Coordinates, Refused> newest = new LinkedHashMap<>();
    private final Map<Older, BitSet> older = new HashMap<>();
    private final Set<String> codes = new HashSet<>();

    /// @param most how many are kept with their details
    Refusals(int most) {
        this.most = most;
    }

    /// Offsets of a partition that were refused with one code.
    private record Older(String code, String topic, int partition, long offsets) {
        static Older of(String code, Coordinates coordinates) {
            return new Older(code, coordinates.topic(), coordinates.partition(), coordinates.offset() >>> SHIFT);
        }
    }

    void add(Coordinates coordinates, Refused refused) {
        newest.put(coordinates, refused);
        if (newest.size() > most) {
            Iterator<Map.Entry<Coordinates, Refused>> all = newest.entrySet().iterator();
            Map.Entry<Coordinates, Refused> oldest = all.next();
            String code = oldest.getValue().code();
            codes.add(code);
            older.computeIfAbsent(Older.of(code, oldest.getKey()), offsets -> new BitSet())
                    .set(bit(oldest.getKey()));
            all.remove();
        }
    }

    Optional<Refused> of(Coordinates coordinates) {
        return Optional.ofNullable(newest.get(coordinates))
                .or(() -> codes.stream()
                        .filter(code -> older.getOrDefault(Older.of(code, coordinates), new BitSet())
                                .get(bit(coordinates)))
                        .findFirst()
                        .map(code -> new Refused(code, "See the dead-letter record of this event for details.")));
    }

    private static int bit(Coordinates coordinates) {
        return (int) (coordinates.offset() & ((1 << SHIFT) - 1));
    }

    void clear() {
        newest.clear();
        older.clear();
        codes.clear();
    }
}
