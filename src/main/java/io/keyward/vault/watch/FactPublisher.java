package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import org.apache.kafka.common.TopicPartition;

/// Publishes the watch's findings as ordinary events.
public interface FactPublisher {
    /// Returns at once. Calls the receipt exactly once, on any thread.
    void publish(Event.OfKey event, Receipt receipt);

    interface Receipt {
        /// The brokers have acknowledged the event.
        void placed(TopicPartition partition, long offset);

        /// The event may not have arrived.
        void failed(Exception failure);
    }
}
