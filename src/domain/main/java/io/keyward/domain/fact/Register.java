package io.keyward.domain.fact;

import io.keyward.domain.event.Stamp;
import java.util.Optional;

/// A last-writer-wins register: it has the value with the latest `(occurredAt, eventId)`, in whatever order the
/// values arrive.
public record Register<T>(Stamp stamp, T value) {
    /// The later of the two. If the stamps are equal, the text of the values decides. So the order of arrival does
    /// not matter even if a producer uses an event id twice.
    public static <T> Register<T> latest(Optional<Register<T>> held, Register<T> stated) {
        return held.isPresent() && held.get().isNoOlderThan(stated) ? held.get() : stated;
    }

    private boolean isNoOlderThan(Register<T> other) {
        int order = stamp.compareTo(other.stamp);
        return order > 0 || (order == 0 && value.toString().compareTo(other.value.toString()) >= 0);
    }
}
