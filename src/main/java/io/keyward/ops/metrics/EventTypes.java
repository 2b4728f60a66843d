package io.keyward.ops.metrics;

import io.keyward.domain.event.Event;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The kinds of event that there are, as the sealed hierarchy of [Event] lists them.
final class EventTypes {
    private EventTypes() {}

    static List<Class<?>> all() {
        return kinds(Event.class).toList();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::kinds)
                : Stream.of(type);
    }
}
