package io.keyward.app.run;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.registry.client.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final Recovery recovery = new Recovery(() -> now);

    @Test
    void anOutageOfTheRegistryReplacesTheThread() {
        assertThat(recovery.handle(new StreamsException(new RegistryUnavailableException("gone"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
    }

    @Test
    void whatKafkaCallsRetriableReplacesTheThread() {
        assertThat(recovery.handle(new StreamsException(new TimeoutException("slow"))))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void aDefectStopsTheInstanceAndTheFirstIsKept() {
        IllegalStateException first = new IllegalStateException("first");
        assertThat(recovery.handle(first)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(recovery.handle(new IllegalStateException("second"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(recovery.failure()).containsSame(first);
    }

    @Test
    void outagesInABurstStopTheInstance() {
        TimeoutException outage = new TimeoutException("slow");
        for (int i = 0; i < Recovery.LIMIT; i++) {
            assertThat(recovery.handle(outage)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(recovery.handle(outage)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(recovery.failure()).containsSame(outage);
    }

    @Test
    void outagesThatTakeTheirTimeNeverStopTheInstance() {
        for (int i = 0; i < 10 * Recovery.LIMIT; i++) {
            now = now.plus(Duration.ofSeconds(10));
            assertThat(recovery.handle(new TimeoutException("slow"))).isEqualTo(REPLACE_THREAD);
        }
    }

    /// The client has waited before each outage, and many threads notice it at once.
    @Test
    void noNumberOfOutagesOfTheRegistryStopsTheInstance() {
        for (int i = 0; i < 10 * Recovery.LIMIT; i++) {
            assertThat(recovery.handle(new StreamsException(new RegistryUnavailableException("gone"))))
                    .isEqualTo(REPLACE_THREAD);
        }
        assertThat(recovery.failure()).isEmpty();
    }
}
