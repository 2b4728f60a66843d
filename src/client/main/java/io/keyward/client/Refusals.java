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

/// The places of all refused events. Of the oldest, only the code is kept, so that a flood of dead letters does
/// not fill the memory of a service. For one thread.
final class Refusals {
    private static final int SHIFT = 10;

    private final int most;
    private final Map<Place, Refused> newest = new LinkedHashMap<>();
    private final Map<Older, BitSet> older = new HashMap<>();
    private final Set<String> codes = new HashSet<>();

    /// @param most how many are kept with their details
    Refusals(int most) {
        this.most = most;
    }

    /// Some offsets of a partition that were refused with one code.
    private record Older(String code, String topic, int partition, long offsets) {
        static Older of(String code, Place place) {
            return new Older(code, place.topic(), place.partition(), place.offset() >>> SHIFT);
        }
    }

    void add(Place place, Refused refused) {
        newest.put(place, refused);
        if (newest.size() > most) {
            Iterator<Map.Entry<Place, Refused>> all = newest.entrySet().iterator();
            Map.Entry<Place, Refused> oldest = all.next();
            String code = oldest.getValue().code();
            codes.add(code);
            older.computeIfAbsent(Older.of(code, oldest.getKey()), offsets -> new BitSet())
                    .set(bit(oldest.getKey()));
            all.remove();
        }
    }

    Optional<Refused> of(Place place) {
        return Optional.ofNullable(newest.get(place))
                .or(() -> codes.stream()
                        .filter(code -> older.getOrDefault(Older.of(code, place), new BitSet())
                                .get(bit(place)))
                        .findFirst()
                        .map(code -> new Refused(code, "The dead letter of this event says more.")));
    }

    private static int bit(Place place) {
        return (int) (place.offset() & ((1 << SHIFT) - 1));
    }

    void clear() {
        newest.clear();
        older.clear();
        codes.clear();
    }
}
