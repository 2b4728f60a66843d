package io.keyward.cli.deadletters;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Says for each dead letter whether it is to be sent again, and as what.
interface Repair {
    /// Empty if it was not asked for.
    Optional<Attempt> of(DeadLetter deadLetter);

    /// What is to be done with a dead letter.
    sealed interface Attempt {
        /// Sends it to that topic. The record has the headers of the refused one.
        record Send(String topic, Supplier<ProducerRecord<byte[], byte[]>> record) implements Attempt {}

        /// Leaves it where it is.
        ///
        /// @param why as the end of a sentence that begins with how many
        record Leave(String why) implements Attempt {}
    }
}
