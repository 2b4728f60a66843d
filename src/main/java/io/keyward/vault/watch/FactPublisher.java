package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import org.apache.kafka.common.TopicPartition;

/// Publishes a finding of the watch as an ordinary event.
public interface FactPublisher {
    /// Returns at once. The receipt is called exactly once, on any thread.
    void publish(Event.OfKey event, Receipt receipt);

    /// Takes in whether an event was published.
    interface Receipt {
        /// The brokers have acknowledged it.
        void placed(TopicPartition partition, long offset);

        /// It may not have arrived.
        void failed(Exception failure);
    }
}
