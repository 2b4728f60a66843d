package io.keyward.cli.deadletters;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Decides for each dead letter whether and as what it is resent.
interface Repair {
    /// Returns what to do with the dead letter; empty if it was not selected.
    Optional<Attempt> of(DeadLetter deadLetter);

    /// What to do with a dead letter.
    sealed interface Attempt {
        /// Sends the record to that topic, with the headers of the refused record.
        record Send(String topic, Supplier<ProducerRecord<byte[], byte[]>> record) implements Attempt {}

        /// Does not send it.
        ///
        /// @param why the reason, as the end of a sentence that starts with the number of records
        record Leave(String why) implements Attempt {}
    }
}
