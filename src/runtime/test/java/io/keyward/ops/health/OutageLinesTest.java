package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which log lines are suppressed during an outage, and which never are.
class OutageLinesTest {
    private static final String NETWORK = "org.apache.kafka.clients.NetworkClient";
    private static final String THREAD = "org.apache.kafka.streams.processor.internals.StreamThread";
    private static final Set<TaskId> TASKS = Set.of(new TaskId(0, 1));

    private long nanos;
    private final KafkaHealth health = new KafkaHealth("kafka:9092", () -> nanos);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NetworkClient | [Consumer clientId=a] Connection to node 1 (/127.0.0.1:9092) could not be established. Node may not be available.",
                "NetworkClient | [Producer clientId=a] Bootstrap broker 127.0.0.1:9092 (id: -1 rack: null isFenced: false) disconnected",
                "producer.internals.Sender | [Producer clientId=a] Got error produce response with correlation id 955 on topic-partition d-1, retrying (9 attempts left). Error: NOT_ENOUGH_REPLICAS",
                "producer.internals.Sender | [Producer clientId=a] Received invalid metadata error in produce request on partition d-1 due to NotLeaderOrFollowerException. Going to request metadata update now",
                "consumer.internals.ConsumerCoordinator | [Consumer clientId=a] LeaveGroup request with Generation{generationId=1} failed with error: The coordinator is not aware of this member."
            })
    void whatClientsSayOfAnOutageIsLeftOut(String logger, String message) {
        assertThat(OutageLines.isAboutAnOutage(event(Level.WARN, "org.apache.kafka.clients." + logger, message, null)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARN  | org.apache.kafka.clients.NetworkClient | Connection to node 1 (a/1.2.3.4:9092) failed authentication due to: invalid credentials",
                "WARN  | org.apache.kafka.clients.NetworkClient | Error while fetching metadata with correlation id 2 : {cmk.warnings=TOPIC_AUTHORIZATION_FAILED}",
                "ERROR | org.apache.kafka.clients.consumer.internals.ConsumerCoordinator | LeaveGroup request with Generation{generationId=1} failed with error: Not authorized",
                "INFO  | org.apache.kafka.clients.NetworkClient | Node 1 disconnected",
                "WARN  | io.keyward.ops.health.KafkaHealth | Kafka at a:9092 disconnected",
                "WARN  | io.confluent.Client | Node 1 disconnected"
            })
    void otherLinesStay(String level, String logger, String message) {
        assertThat(OutageLines.isAboutAnOutage(event(Level.valueOf(level), logger, message, null)))
                .isFalse();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new TimeoutException("expired"), true),
                arguments(DisconnectException.INSTANCE, true),
                arguments(new UnknownHostException("kafka-0"), true),
                arguments(new InvalidProducerEpochException("old"), true),
                arguments(new TaskCorruptedException(TASKS), true),
                arguments(new TaskMigratedException("fenced", new CommitFailedException("unknown member")), true),
                arguments(new StreamsException(new ExecutionException(new TimeoutException("expired"))), true),
                arguments(new TaskCorruptedException(TASKS, new OffsetOutOfRangeException(Map.of())), false),
                arguments(new SaslAuthenticationException("wrong password"), false),
                arguments(new TopicAuthorizationException("cmk.warnings"), false),
                arguments(new SocketException("Too many open files"), false),
                arguments(new StreamsException(new IllegalStateException("defect")), false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsLeftOutWhereWhatItComesDownToPasses(Throwable failure, boolean isLeftOut) {
        assertThat(OutageLines.isAboutAnOutage(event(Level.ERROR, THREAD, "Something failed", failure)))
                .isEqualTo(isLeftOut);
    }

    @Test
    void onlyWhileTheLogReportsTheOutageAndAMinuteLonger() {
        try (OutageLines lines = OutageLines.leaveOut(health)) {
            LogEvent event = event(Level.WARN, NETWORK, "Node 1 disconnected", null);
            assertThat(lines.filter(event)).isEqualTo(Result.NEUTRAL);
            pass(Duration.ofSeconds(30));
            assertThat(lines.filter(event)).as("not reported yet").isEqualTo(Result.NEUTRAL);
            health.failed("gone");
            assertThat(lines.filter(event)).isEqualTo(Result.DENY);
            assertThat(lines.filter(event(Level.WARN, NETWORK, "something else", null)))
                    .isEqualTo(Result.NEUTRAL);
            health.answered();
            pass(KafkaHealth.AFTERMATH.minusNanos(1));
            assertThat(lines.filter(event)).isEqualTo(Result.DENY);
            pass(Duration.ofNanos(1));
            assertThat(lines.filter(event)).isEqualTo(Result.NEUTRAL);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static LogEvent event(Level level, String logger, String message, Throwable thrown) {
        return Log4jLogEvent.newBuilder()
                .setLevel(level)
                .setLoggerName(logger)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build();
    }
}
