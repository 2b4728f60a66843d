package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import org.apache.kafka.common.TopicPartition;

/// Publishes what the watch has found as an ordinary event.
public interface FactPublisher {
    /// Returns at once; what became of the event is told exactly once, on whatever thread.
    void publish(Event.OfKey event, Receipt receipt);

    /// What became of an event.
    interface Receipt {
        /// The brokers have it, safely.
        void placed(TopicPartition partition, long offset);

        /// It may not have arrived.
        void failed(Exception failure);
    }
}
