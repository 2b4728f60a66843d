package io.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KeywardCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theVersionIsPrinted() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("keyward ");
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).startsWith("keyward: No command given.").contains("sandbox", "simulate", "watch");
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandExplainsItself(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: keyward " + command).contains("Exit codes:");
        assertThat(err.toString()).isEmpty();
    }

    static Stream<String> everyCommand() {
        return KeywardCommand.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbxo", "--nonsense"})
    void whatIsNotUnderstoodIsWrongUsage(String argument) {
        assertThat(execute(argument)).isEqualTo(2);
        assertThat(err.toString()).startsWith("keyward: ").contains(argument);
    }

    @Test
    void theTopicsCommandSaysWhatItCanDo() {
        assertThat(execute("topics")).isEqualTo(2);
        assertThat(err.toString()).contains("create", "check", "describe");
        assertThat(execute("topics", "check", "--help")).isZero();
        assertThat(out.toString()).contains("keyward topics check", "--port-base", "--config");
    }

    @Test
    void theConfigCommandSaysWhatItCanDo() {
        assertThat(execute("config")).isEqualTo(2);
        assertThat(err.toString()).contains("print", "check");
        assertThat(execute("config", "print")).isZero();
        assertThat(out.toString()).contains("# default", "keyward.topics.prefix = cmk.");
    }

    @Test
    void theConfigurationForASandboxCanBeLookedAt() {
        assertThat(execute("config", "print", "--port-base", "19092")).isZero();
        assertThat(out.toString())
                .contains(
                        "keyward.kafka.bootstrap.servers = 127.0.0.1:19092",
                        "keyward.registry.url = http://127.0.0.1:19093");
    }

    @Test
    void withoutOneNoClusterIsMadeUp() {
        assertThat(execute("config", "print")).isZero();
        assertThat(out.toString()).doesNotContain("bootstrap.servers");
    }

    @Test
    void aConfigurationThatCannotBeUsedIsWrongUsage() {
        assertThat(execute("topics", "check", "--port-base", "70000")).isEqualTo(2);
        assertThat(err.toString()).startsWith("keyward: --port-base = 70000").contains("65529");
    }

    @Test
    void runSaysEverythingThatIsMissing() {
        assertThat(execute("run")).isEqualTo(2);
        assertThat(err.toString())
                .contains("keyward.kafka.bootstrap.servers", "keyward.registry.url", "keyward.state.dir")
                .doesNotContain("Exception");
    }

    @Test
    void intakeSaysEverythingThatIsMissing() {
        assertThat(execute("intake")).isEqualTo(2);
        assertThat(err.toString())
                .contains("keyward.kafka.bootstrap.servers", "keyward.registry.url", "keyward.intake.secrets.dir")
                .doesNotContain("Exception");
    }

    private int execute(String... arguments) {
        CommandLine line = KeywardCommand.commandLine();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
