package io.keyward.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/// The way from each flow to the nearest of some flows that it reaches by calls.
///
/// Searches breadth first from those flows against the direction of the calls. Keeps the two nearest of each
/// flow, so that one of those flows itself also knows the nearest other one.
final class NearestFlows {
    private static final int KEPT = 2;

    private final Map<String, List<Way>> nearest = new HashMap<>();

    /// The way from a flow to one that was sought.
    ///
    /// @param next the way from the flow that it calls; empty if it is the one that was sought
    record Way(String from, String to, Optional<Way> next, int calls) {
        /// The called flows on the way, the last of which was sought. Those before it are left out if there are more
        /// than `most`.
        List<String> called(int most) {
            Stream<String> called = Stream.iterate(next, Optional::isPresent, way -> way.flatMap(Way::next))
                    .map(way -> way.orElseThrow().from());
            return (calls <= most ? called : Stream.concat(called.limit(most - 1), Stream.of(to))).toList();
        }
    }

    /// @param sought the ids of the flows to reach
    /// @param callers of each flow that is called
    NearestFlows(Collection<String> sought, Map<String, List<String>> callers) {
        Queue<Way> found = new ArrayDeque<>();
        sought.forEach(flow -> found.add(new Way(flow, flow, Optional.empty(), 0)));
        while (!found.isEmpty()) {
            Way way = found.remove();
            if (keep(way)) {
                for (String caller : callers.getOrDefault(way.from(), List.of())) {
                    found.add(new Way(caller, way.to(), Optional.of(way), way.calls() + 1));
                }
            }
        }
    }

    private boolean keep(Way way) {
        List<Way> kept = nearest.computeIfAbsent(way.from(), _ -> new ArrayList<>(KEPT));
        boolean isNew =
                kept.size() < KEPT && kept.stream().noneMatch(one -> one.to().equals(way.to()));
        return isNew && kept.add(way);
    }

    /// The way to the nearest other flow that was sought; empty if none is reached.
    Optional<Way> from(String flow) {
        return nearest.getOrDefault(flow, List.of()).stream()
                .filter(way -> !way.to().equals(flow))
                .findFirst();
    }
}
