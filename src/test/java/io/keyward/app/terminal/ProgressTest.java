package io.keyward.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void aPersonSeesABarThatGrowsAndGoes() {
        Progress progress = progress(new Terminal(true, true, 80));

        later(100);
        progress.done(500);
        progress.done(600);
        later(100);
        progress.done(1_000);
        progress.end();

        assertThat(written())
                .isEqualTo("\r\u001b[K[###############---------------] 500 of 1,000 events sent"
                        + "\r\u001b[K[##############################] 1,000 of 1,000 events sent\r\u001b[K");
    }

    @Test
    void theBarFitsIntoTheLine() {
        Progress progress = progress(new Terminal(true, true, 50));

        later(100);
        progress.done(500);

        assertThat(written()).isEqualTo("\r\u001b[K[###########-----------] 500 of 1,000 events sent");
    }

    @Test
    void whereThereIsNoRoomThereIsNoBar() {
        Progress progress = progress(new Terminal(true, true, 32));

        later(100);
        progress.done(500);

        assertThat(written()).isEqualTo("\r\u001b[K500 of 1,000 events sent");
    }

    @Test
    void whatCannotBeCountedBeforeHasNoBar() {
        Progress progress = new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                new Terminal(true, true, 80),
                () -> now,
                "lines decided",
                Progress.UNKNOWN);

        later(100);
        progress.done(1_500);

        assertThat(written()).isEqualTo("\r\u001b[K1,500 lines decided");
    }

    @Test
    void aFileGetsALineNowAndThen() {
        Progress progress = progress(Terminal.PLAIN);

        later(9_999);
        progress.done(400);
        later(1);
        progress.done(500);
        progress.end();

        assertThat(written()).isEqualTo("500 of 1,000 events sent" + System.lineSeparator());
    }

    private Progress progress(Terminal terminal) {
        return new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> now, "events sent", 1_000);
    }

    private void later(long millis) {
        now = now.plusMillis(millis);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
