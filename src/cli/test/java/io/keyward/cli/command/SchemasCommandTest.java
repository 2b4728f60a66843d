package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.KeywardCommand;
import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.HttpSchemaRegistry;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.testing.RegistryGate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command against the sandbox's registry, as a deployment script runs it.
class SchemasCommandTest {
    private static final Schema OTHER =
            new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");

    private final EmbeddedSchemaRegistry server = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
    private final HttpSchemaRegistry client = new HttpSchemaRegistry(
            RegistrySettings.of(Map.of("schema.registry.url", server.url())), new RegistryHealth());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void configure() throws IOException {
        configure("keyward.registry.url = " + server.url());
    }

    private void configure(String... lines) throws IOException {
        file = Files.write(folder.resolve("keyward.properties"), List.of(lines));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private int schemas(String command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return KeywardCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("schemas", command, "--config", file.toString());
    }

    @Test
    void whatIsMissingIsNamedWithTheCommandThatRegistersIt() {
        assertThat(schemas("check")).isEqualTo(1);

        assertThat(err.toString().lines())
                .hasSize(2 * 18 + 1)
                .contains(
                        "  schemas/event/PolicyApplied.avsc of topic cmk.policy-applied is not registered as subject cmk.policy-applied-value.",
                        "  Subject cmk.warnings-value has the compatibility level BACKWARD; it must be FULL_TRANSITIVE, or a version that others cannot read could be registered.")
                .last()
                .isEqualTo(
                        "    bin/keyward schemas register (with the same --config or --port-base, if one was given)");
    }

    @Test
    void registeredSchemasPassTheCheck() {
        assertThat(schemas("register")).isZero();
        assertThat(out.toString().lines())
                .hasSize(18)
                .startsWith("registered  cmk.policy-applied-value, id 1")
                .endsWith("registered  cmk.key-watch-value, id 18");
        assertThat(client.levelOf("cmk.policy-applied-value")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);

        assertThat(schemas("check")).isZero();
        assertThat(out.toString())
                .isEqualTo("All schemas are registered at " + server.url() + ", under FULL_TRANSITIVE.\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void registeringAgainChangesNothing() {
        schemas("register");

        assertThat(schemas("register")).isZero();

        assertThat(out.toString().lines()).hasSize(18).allMatch(line -> line.startsWith("existed     cmk."));
        assertThat(client.latestOf("cmk.warnings-value").version()).isEqualTo(1);
    }

    @Test
    void aLevelThatWasLoweredIsFoundAndRaisedAgain() {
        schemas("register");
        client.setLevel("cmk.warnings-value", CompatibilityLevel.NONE);

        assertThat(schemas("check")).isEqualTo(1);
        assertThat(err.toString()).contains("cmk.warnings-value has the compatibility level NONE");
        assertThat(schemas("register")).isZero();
        assertThat(schemas("check")).isZero();
    }

    @Test
    void aSubjectThatHoldsAnotherSchemaIsExplainedAndTheOthersAreRegistered() {
        client.register("cmk.key-revoked-value", OTHER);

        assertThat(schemas("check")).isEqualTo(1);
        assertThat(err.toString())
                .contains("schemas/event/KeyRevoked.avsc cannot become a version of subject cmk.key-revoked-value: ")
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE")
                .contains("    curl " + server.url() + "/subjects/cmk.key-revoked-value/versions/latest/schema");
        assertThat(schemas("register")).isEqualTo(1);
        assertThat(out.toString().lines())
                .contains("refused     cmk.key-revoked-value")
                .filteredOn(line -> line.startsWith("registered"))
                .hasSize(17);
        assertThat(err.toString()).contains("schemas/event/KeyRevoked.avsc cannot become a version");
    }

    @Test
    void whyTheRegistryRefusesASchemaIsSaidInItsWords() throws IOException {
        try (RegistryGate gate = new RegistryGate(server.url())) {
            gate.refuseRegistrations();
            configure("keyward.registry.url = " + gate.url());

            assertThat(schemas("register")).isEqualTo(1);

            assertThat(err.toString()).contains("Subject cmk.warnings-value is in read-only mode");
        }
    }

    @Test
    void subjectsFollowThePrefixAndTheStrategy() throws IOException {
        configure(
                "keyward.registry.url = " + server.url(),
                "keyward.topics.prefix = eu.",
                "keyward.registry.value.subject.name.strategy = TopicRecordNameStrategy");

        assertThat(schemas("register")).isZero();

        assertThat(out.toString()).startsWith("registered  eu.policy-applied-io.keyward.event.PolicyApplied, id 1\n");
        assertThat(schemas("check")).isZero();
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() throws IOException {
        server.close();
        configure("keyward.registry.url = " + server.url(), "keyward.registry.retries.deadline.ms = 100");

        assertThat(schemas("check")).isEqualTo(1);

        assertThat(err.toString()).contains("schema registry " + server.url() + " cannot be reached");
    }

    @Test
    void theCommandSaysWhatItCanDo() {
        assertThat(KeywardCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute("schemas"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("No subcommand given for the schemas.", "register", "check");
    }
}
