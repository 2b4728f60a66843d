package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.KeywardCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What a command prints when it fails.
class FailuresTest {
    @Test
    void aFailureOfKafkaIsToldWithWhatItComesDownTo() {
        assertThat(explained(new ProcessorStateException(
                        "Error opening store keys", new IOException("No space left on device"))))
                .isEqualTo("keyward: Error opening store keys: No space left on device");
    }

    @Test
    void whatIsToldAlreadyIsNotToldTwice() {
        assertThat(explained(new TimeoutException("The brokers do not answer")))
                .isEqualTo("keyward: The brokers do not answer");
        IOException cause = new IOException("No space left on device");
        assertThat(explained(new ProcessorStateException(cause))).isEqualTo("keyward: " + cause);
    }

    private static String explained(Exception failure) {
        StringWriter err = new StringWriter();
        CommandLine command = KeywardCommand.commandLine().setErr(new PrintWriter(err, true));
        assertThat(Failures.explain(failure, command, false)).isEqualTo(1);
        return err.toString().strip();
    }
}
