package io.keyward.console.replica;

import org.apache.kafka.common.KafkaException;

/// The cluster does not allow what a replica must do.
final class DeniedException extends KafkaException {
    DeniedException(String needed, Throwable cause) {
        super("The user needs the operation " + needed + "; docs/security.md lists all that it needs.", cause);
    }
}
