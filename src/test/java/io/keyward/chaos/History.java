package io.keyward.chaos;

import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that the load has put on the cluster for certain. Safe for many threads.
final class History {
    /// An input that the cluster has taken.
    record Sent(Place place, Input input) {}

    private final List<Sent> sent = new ArrayList<>();

    synchronized void add(Place place, Input input) {
        sent.add(new Sent(place, input));
    }

    synchronized int size() {
        return sent.size();
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /// Every event, in the order in which the cluster took them.
    List<Event> events() {
        return sent().stream()
                .map(Sent::input)
                .map(Input::event)
                .flatMap(Optional::stream)
                .toList();
    }
}
