package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.AuditSource;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditThreadTest {
    private static final String HUB = "audit";

    private final SourceStatus status = new SourceStatus(new AuditSource(new TenantId("contoso"), HUB, Map.of()));
    private final Deque<Hub> hubs = new ArrayDeque<>();
    private final AuditThread task = new AuditThread(
            status,
            new AuditPorts(
                    (_, _, _) -> CompletableFuture.completedFuture(null),
                    new Observed(List.of()),
                    InstantSource.system()),
            hubs::pop);
    private Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        task.stop();
        task.interrupt();
        thread.join();
    }

    @Test
    void afterAFailureAnotherConsumerIsTried() {
        Hub denied = new Hub(new TopicAuthorizationException(HUB));
        Hub allowed = new Hub(null);
        hubs.addAll(List.of(denied, allowed));
        start();
        Patience.until("it fails", () -> status.phase() == SourceStatus.Phase.FAILING);
        Patience.until("it reads", () -> status.phase() == SourceStatus.Phase.READING);
        assertThat(denied.closed()).isTrue();
        assertThat(task.failure()).isEmpty();
    }

    @Test
    void anErrorEndsItAndIsKept() throws InterruptedException {
        hubs.add(new Hub(new StackOverflowError("for a test")));
        start();
        thread.join();
        assertThat(task.failure()).containsInstanceOf(StackOverflowError.class);
        assertThat(status.phase()).isEqualTo(SourceStatus.Phase.FAILING);
    }

    private void start() {
        thread = Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).start(task);
    }

    private static final class Hub extends MockConsumer<byte[], byte[]> {
        private final Throwable failure;

        private Hub(Throwable failure) {
            super("earliest");
            this.failure = failure;
            updatePartitions(HUB, List.of(new PartitionInfo(HUB, 0, null, null, null)));
            updateEndOffsets(Map.of(new TopicPartition(HUB, 0), 0L));
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            switch (failure) {
                case null -> {}
                case RuntimeException denied -> throw denied;
                case Error error -> throw error;
                default -> throw new AssertionError(failure);
            }
            return super.partitionsFor(topic, timeout);
        }
    }
}
