package io.keyward.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.config.AdminSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class AnswerWaitTest {
    private final List<String> notices = new ArrayList<>();
    private final AnswerWait wait = new AnswerWait(
            new AdminSettings(Map.of(), "broker-1:9092", Duration.ofSeconds(-2)), Duration.ZERO, notices::add);

    @Test
    void waitingIsReportedOnceWithTheAddressAndTheEnd() {
        assertThatThrownBy(() -> wait.get(new KafkaFutureImpl<>())).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> wait.get(new KafkaFutureImpl<>())).isInstanceOf(TimeoutException.class);

        assertThat(notices)
                .singleElement()
                .asString()
                .matches("waiting for Kafka at broker-1:9092 \\(keyward.kafka.bootstrap.servers\\), until "
                        + "\\d\\d:\\d\\d(:\\d\\d)? at the latest");
    }

    @Test
    void anAnswerThatIsThereNeedsNoWord() throws Exception {
        assertThat(wait.get(KafkaFuture.completedFuture("answer"))).isEqualTo("answer");

        assertThat(notices).isEmpty();
    }
}
