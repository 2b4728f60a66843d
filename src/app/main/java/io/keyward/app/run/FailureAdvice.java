package io.keyward.app.run;

import io.keyward.app.start.AccessCheck;
import io.keyward.avro.state.UnreadableStateException;
import io.keyward.config.KeywardConfig;
import io.keyward.topology.Outages;
import io.keyward.topology.SystemicRefusalException;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;

/// Explains to an operator why the processor stopped, and what to do about it.
record FailureAdvice(KeywardConfig config) {
    String explain(Throwable failure) {
        return Outages.causes(failure)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .orElseGet(() -> Outages.innermost(failure).toString());
    }

    private Optional<String> known(Throwable cause) {
        return switch (cause) {
            case SystemicRefusalException refused -> Optional.of(refused.getMessage());
            case UnreadableStateException unreadable -> Optional.of(unreadable.getMessage());
            case MissingSourceTopicException missing -> Optional.of(missing + "; bin/keyward topics check says which");
            // Only the exception of Kafka Streams around it names the topic.
            case StreamsException sending
            when sending.getCause() instanceof RecordTooLargeException ->
                Optional.of(
                        "%s A topic takes smaller records than at the start: bin/keyward topics check says which, and the command that fixes it. Nothing is lost; what was not committed is read again."
                                .formatted(sending.getMessage()));
            case FencedInstanceIdException _ ->
                Optional.of(
                        "Another instance has joined the group %s under the same name (group.instance.id), and Kafka lets only the newer one stay. Each instance needs a name of its own, and a state folder of its own that is no copy of another one."
                                .formatted(config.applicationId()));
            case UnreleasedInstanceIdException _ ->
                Optional.of(
                        "The name of this instance (group.instance.id) is still taken in the group %s: with the streams protocol it stays taken until the session of the killed instance has expired (group.streams.session.timeout.ms of the brokers). Start again then, or configure no name."
                                .formatted(config.applicationId()));
            case InvalidTimestampException refused ->
                Optional.of(
                        "The clock of this machine is further ahead of the brokers' than a topic allows (message.timestamp.after.max.ms): %s Correct the clock, and start again; nothing is lost."
                                .formatted(refused.getMessage()));
            case AuthorizationException refused -> Optional.of(AccessCheck.explain(config, refused));
            default -> Optional.empty();
        };
    }
}
