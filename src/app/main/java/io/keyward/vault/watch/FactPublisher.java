package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import java.util.concurrent.CompletableFuture;

/// Publishes the watch's findings as ordinary events.
public interface FactPublisher {
    /// Returns at once. The result is the record's position once the brokers have acknowledged it. After a
    /// failure, the event may not have arrived.
    CompletableFuture<RecordPosition> publish(Event.OfKey event);
}
