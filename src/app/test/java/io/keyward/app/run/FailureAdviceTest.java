package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/// The advice to an operator when a failure has stopped the processor.
class FailureAdviceTest {
    private final Exception rejected = new StreamsException(
            "Error encountered sending record to topic cmk.encryption-decisions for task 0_0 due to:",
            new RecordTooLargeException("larger than the server accepts"));

    @Test
    void aRecordThatATopicDoesNotTakeIsToldWithTheTopicWhereverItWasNoticed() {
        assertThat(advice(rejected)).contains("cmk.encryption-decisions", "bin/keyward topics check");
        assertThat(advice(new StreamsException("Exception caught while punctuating processor 'decide'", rejected)))
                .contains("cmk.encryption-decisions", "bin/keyward topics check");
    }

    @Test
    void aNameThatAnotherInstanceHasIsToldAsThat() {
        assertThat(advice(new FencedInstanceIdException("fenced")))
                .contains("the group keyward under the same name", "group.instance.id", "no copy of another one");
        assertThat(advice(new StreamsException(new UnreleasedInstanceIdException("taken"))))
                .contains("still taken in the group keyward", "streams protocol", "configure no name");
    }

    @Test
    void aClockThatIsTooFarAheadIsToldAsThat() {
        assertThat(advice(new StreamsException(new InvalidTimestampException("Timestamp 2 is out of range."))))
                .contains(
                        "clock of this machine",
                        "message.timestamp.after.max.ms",
                        "Timestamp 2 is out of range. Correct");
    }

    @Test
    void anyOtherFailureIsToldAsWhatItComesDownTo() {
        assertThat(advice(new StreamsException("Exception caught in process", new IllegalStateException("broken"))))
                .isEqualTo("java.lang.IllegalStateException: broken");
    }

    private static String advice(Exception failure) {
        return new FailureAdvice(KeywardConfig.load(Optional.empty(), Map.of(), new Properties())).explain(failure);
    }
}
