package io.keyward.cli.command;

import io.keyward.cli.deadletters.DeadLetter;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.domain.id.RefusalCode;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options that select dead letters; a dead letter must match all that are given.
final class DeadLetterFilter {
    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only records of this topic; name it without the prefix.")
    private Optional<String> topic = Optional.empty();

    @Option(names = "--code", paramLabel = "CODE", description = "Only this reason: ${COMPLETION-CANDIDATES}.")
    private Optional<RefusalCode> code = Optional.empty();

    @Option(names = "--source", paramLabel = "SOURCE", description = "Only events whose source field has this value.")
    private Optional<String> source = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description = "Only records whose key or tenantId field has this value.")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only records that the broker received at this time or later.")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only records that the broker received before this time.")
    private Optional<Instant> until = Optional.empty();

    boolean isEmpty() {
        return Stream.of(topic, code, source, tenant, since, until).allMatch(Optional::isEmpty);
    }

    boolean accepts(DeadLetter deadLetter) {
        OutputRecord.Refused refused = deadLetter.refused();
        return topic.map(name -> isFrom(name, deadLetter)).orElse(true)
                && code.map(wanted -> wanted.name().equals(refused.reason())).orElse(true)
                && source.map(refused.text("producer")::equals).orElse(true)
                && tenant.map(id -> isOf(id, refused)).orElse(true)
                && since.map(time -> !refused.timestamp().isBefore(time)).orElse(true)
                && until.map(refused.timestamp()::isBefore).orElse(true);
    }

    private static boolean isFrom(String topic, DeadLetter deadLetter) {
        return topic.equals(deadLetter.refused().source().path("topic").asText())
                || DeadLetterHeaders.text(deadLetter.received().headers(), DeadLetterHeaders.TOPIC)
                        .filter(topic::equals)
                        .isPresent();
    }

    private static boolean isOf(String tenant, OutputRecord.Refused refused) {
        return refused.key().filter(tenant::equals).isPresent()
                || tenant.equals(
                        refused.deadLetter().path("value").path("tenantId").textValue());
    }
}
