package io.keyward.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.terminal.StyledLine;
import io.keyward.cli.terminal.Terminal;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.azure.Emitted;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntakeLinesTest {
    private static final String VAULT = "https://kv-contoso.vault.azure.net";
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Instant AT = Instant.parse("2026-03-02T09:15:00Z");
    private static final Stamp STAMP = new Stamp(AT, new EventId("eg:7"));
    private static final KeyId KEY = new KeyId(VAULT, "hr");
    private static final KeyVersion VERSION = new KeyVersion("v2");

    @Test
    void whatAzureEmitsIsNamedWithItsWay() {
        assertThat(text(IntakeLines.emitted(
                        new Emitted(CONTOSO, "KeyExpired", "kv-contoso.vault.azure.net", "hr", AT, "Event Grid"))))
                .isEqualTo(
                        "2026-03-02 09:15  contoso                   Azure: KeyExpired kv-contoso/hr  via Event Grid");
    }

    @Test
    void aHintThatNamesNoKeyIsOneForTheWholeVault() {
        assertThat(text(IntakeLines.hint(new KeyHint(CONTOSO, AT, "VaultPatch", VAULT, Optional.empty()))))
                .isEqualTo(
                        "2026-03-02 09:15  contoso                   intake: hint to probe kv-contoso/*  (VaultPatch)");
    }

    @Test
    void aHintThatNamesNoVaultIsOneForEveryKey() {
        KeyHint hint = new KeyHint(CONTOSO, AT, "ResourceWriteSuccess", Optional.empty(), Optional.empty());
        assertThat(text(IntakeLines.hint(hint)))
                .endsWith("contoso                   intake: hint to probe every key  (ResourceWriteSuccess)");
    }

    static Stream<Arguments> facts() {
        return Stream.of(
                Arguments.of(
                        new Event.KeyRotated(CONTOSO, STAMP, KEY, VERSION, Optional.empty(), Optional.empty()),
                        "KeyRotated kv-contoso/hr v2"),
                Arguments.of(
                        new Event.KeyRevoked(CONTOSO, STAMP, KEY, Optional.of(VERSION), RevocationCause.KEY_DISABLED),
                        "KeyRevoked kv-contoso/hr v2  (KEY_DISABLED)"),
                Arguments.of(
                        new Event.KeyRevoked(CONTOSO, STAMP, KEY, Optional.empty(), RevocationCause.KEY_DELETED),
                        "KeyRevoked kv-contoso/hr  (KEY_DELETED)"),
                Arguments.of(
                        new Event.KeyRestored(CONTOSO, STAMP, KEY, Optional.empty(), Optional.empty()),
                        "KeyRestored kv-contoso/hr"),
                Arguments.of(
                        new Event.KeyRestored(
                                CONTOSO, STAMP, KEY, Optional.of(VERSION), Optional.of(RevocationCause.KEY_DISABLED)),
                        "KeyRestored kv-contoso/hr v2  (KEY_DISABLED)"),
                Arguments.of(new Event.KeyExpiring(CONTOSO, STAMP, KEY, VERSION, AT), "KeyExpiring kv-contoso/hr v2"));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aFactNamesItsWriterKeyAndVersion(Event.OfKey fact, String expected) {
        assertThat(text(IntakeLines.fact(fact, "key watch")))
                .isEqualTo("2026-03-02 09:15  contoso                   key watch: " + expected);
    }

    private static String text(StyledLine line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.print(new PrintStream(out, true, StandardCharsets.UTF_8), Terminal.PLAIN);
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
