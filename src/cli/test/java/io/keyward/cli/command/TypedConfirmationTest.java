package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Terminal;
import io.keyward.cluster.CommandFailedException;
import io.keyward.domain.id.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedConfirmationTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Terminal SCREEN = new Terminal(true, false, 80);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theIdOfTheTenantConfirms() {
        assertThat(asked("contoso\n", SCREEN).confirms(CONTOSO)).isTrue();
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("Type the tenant's id to confirm: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "yes\n", "Contoso\n", "contoso \n"})
    void nothingElseDoes(String typed) {
        assertThat(asked(typed, SCREEN).confirms(CONTOSO)).isFalse();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing was erased");
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        assertThatThrownBy(() -> asked("contoso\n", Terminal.PLAIN).confirms(CONTOSO))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("--yes");
    }

    private TypedConfirmation asked(String typed, Terminal terminal) {
        return new TypedConfirmation(new StandardStreams(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal));
    }
}
