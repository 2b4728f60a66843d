package io.keyward.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void aTerminalShowsColours() {
        assertThat(Terminal.of(Map.of("TERM", "xterm"), 120)).isEqualTo(new Terminal(true, true, 120));
    }

    @Test
    void coloursCanBeDeclined() {
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), 120)).isEqualTo(new Terminal(true, false, 120));
        assertThat(Terminal.of(Map.of("NO_COLOR", ""), 120).colour()).isTrue();
    }

    @Test
    void aDumbTerminalRewritesNothing() {
        assertThat(Terminal.of(Map.of("TERM", "dumb"), 120)).isEqualTo(new Terminal(false, false, 120));
    }

    @Test
    void aLineIsNeverCutToNothing() {
        assertThat(Terminal.of(Map.of(), 3).width()).isEqualTo(40);
    }
}
