package io.keyward.cli.deadletters;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.topology.DeadLetters;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Resends records byte for byte. This suits records whose refusal had an outside cause, such as a schema that the
/// registry did not know, or a clock that was wrong. A record that was refused a second time needs another repair.
///
/// @param wanted selects the dead letters
public record UnchangedRepair(Predicate<DeadLetter> wanted, TopicNames names) implements Repair {
    @Override
    public Optional<Attempt> of(DeadLetter deadLetter) {
        return wanted.test(deadLetter) ? Optional.of(attempt(deadLetter)) : Optional.empty();
    }

    private Attempt attempt(DeadLetter deadLetter) {
        if (deadLetter.resentFrom().isPresent()) {
            return new Attempt.Leave("refused again when they were resent, and not repaired since");
        }
        if (deadLetter.received().headers().lastHeader(DeadLetters.TRUNCATED) != null) {
            return new Attempt.Leave("truncated");
        }
        return Topic.ofBaseName(deadLetter.refused().source().path("topic").asText())
                .filter(Topic.inputs()::contains)
                .map(names::name)
                .<Attempt>map(topic -> new Attempt.Send(
                        topic,
                        () -> new ProducerRecord<>(
                                topic,
                                null,
                                null,
                                deadLetter.received().key(),
                                deadLetter.received().value(),
                                DeadLetters.asReceived(deadLetter.received().headers()))))
                .orElseGet(() -> new Attempt.Leave("not from an input topic"));
    }
}
