package io.keyward.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void aPersonSeesABarThatGrowsAndGoes() {
        ProgressBar progress = progress(new Terminal(true, true, 80));

        later(100);
        progress.done(500);
        progress.done(600);
        later(100);
        progress.done(1_000);
        progress.close();

        assertThat(written())
                .isEqualTo("\r\u001b[K[###############---------------] 500 of 1,000 events sent"
                        + "\r\u001b[K[##############################] 1,000 of 1,000 events sent\r\u001b[K");
    }

    @Test
    void theBarFitsIntoTheLine() {
        ProgressBar progress = progress(new Terminal(true, true, 50));

        later(100);
        progress.done(500);

        assertThat(written()).isEqualTo("\r\u001b[K[###########-----------] 500 of 1,000 events sent");
    }

    @Test
    void whereThereIsNoRoomThereIsNoBar() {
        ProgressBar progress = progress(new Terminal(true, true, 32));

        later(100);
        progress.done(500);

        assertThat(written()).isEqualTo("\r\u001b[K500 of 1,000 events sent");
    }

    @Test
    void whatCannotBeCountedBeforeHasNoBar() {
        ProgressBar progress = new ProgressBar(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                new Terminal(true, true, 80),
                () -> now,
                "lines decided",
                ProgressBar.UNKNOWN);

        later(100);
        progress.done(1_500);

        assertThat(written()).isEqualTo("\r\u001b[K1,500 lines decided");
    }

    @Test
    void aFileGetsALineNowAndThen() {
        ProgressBar progress = progress(Terminal.PLAIN);

        later(9_999);
        progress.done(400);
        later(1);
        progress.done(500);
        progress.close();

        assertThat(written()).isEqualTo("500 of 1,000 events sent" + System.lineSeparator());
    }

    private ProgressBar progress(Terminal terminal) {
        return new ProgressBar(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> now, "events sent", 1_000);
    }

    private void later(long millis) {
        now = now.plusMillis(millis);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
