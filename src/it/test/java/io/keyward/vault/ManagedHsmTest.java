package io.keyward.vault;

import static io.keyward.vault.EmulatedAzure.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.VaultOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests with the real SDK and the emulator what each kind of answer of a Managed HSM means. It has no inner codes.
class ManagedHsmTest {
    /// After it, a deleted key is gone.
    private static final Duration RETENTION = Duration.ofDays(90);

    private final EmulatedAzure azure = EmulatedAzure.withManagedHsm(Duration.ofMinutes(5));

    @AfterEach
    void stop() {
        azure.close();
    }

    @ParameterizedTest
    @MethodSource
    void everyAnswerHasItsMeaning(Consumer<EmulatedAzure> given, String light, String deep) {
        given.accept(azure);
        for (ProbeKind depth : ProbeKind.values()) {
            ProbeResult finding = azure.probe(depth);
            assertThat(verdict(finding)).as(finding.detail()).isEqualTo(depth == ProbeKind.READ ? light : deep);
            assertThat(finding.detail()).endsWith(".").doesNotContain("injected", "Activity", "Not authorized");
        }
    }

    static Stream<Arguments> everyAnswerHasItsMeaning() {
        return Stream.of(
                row("usable", _ -> {}, "USABLE", "USABLE"),
                row("disabled", a -> a.vaults().setEnabled(a.host, "data", false), "DISABLED"),
                row("deleted, which our role may not read", a -> a.vaults().delete(a.host, "data"), "ABSENT"),
                row("never there", ManagedHsmTest::gone, "ABSENT"),
                row("no local role", a -> a.vaults().deny(a.host, "data", Barrier.RBAC), "ACCESS_DENIED"),
                row("firewall", a -> a.vaults().deny(a.host, "data", Barrier.NETWORK), "ACCESS_DENIED"),
                row("may not wrap", denied(VaultOperation.WRAP), "USABLE", "ACCESS_DENIED"),
                row("may not unwrap", denied(VaultOperation.UNWRAP), "USABLE", "ACCESS_DENIED"),
                row("expired", a -> a.emulator.setDates(a.host, "data", Optional.empty(), Optional.of(NOW)), "EXPIRED"),
                row(
                        "expired, and we may not wrap",
                        ((Consumer<EmulatedAzure>)
                                        a -> a.emulator.setDates(a.host, "data", Optional.empty(), Optional.of(NOW)))
                                .andThen(denied(VaultOperation.WRAP)),
                        "EXPIRED"),
                row(
                        "not yet valid",
                        a -> a.emulator.setDates(a.host, "data", Optional.of(NOW.plusSeconds(1)), Optional.empty()),
                        "NOT_YET_VALID"),
                row("signs only", ManagedHsmTest::signsOnly, "UNSUITABLE"),
                row("busy", a -> a.failVault(Fault.throttled(7)), "THROTTLED for PT7S"),
                row("out of order", a -> a.failVault(Fault.refused(500, "InternalServerError")), "UNAVAILABLE"),
                row("proxy says no", a -> a.failVault(new Fault.Page(403, "<html>no</html>")), "UNAVAILABLE"),
                row("proxy finds nothing", a -> a.failVault(new Fault.Page(404, "<html>no</html>")), "UNAVAILABLE"),
                row("proxy wants a login", a -> a.failVault(new Fault.Page(401, "<html>no</html>")), "UNAVAILABLE"),
                row(
                        "asks for a token of vaults",
                        a -> a.failVault(challenge("https://vault.azure.net")),
                        "UNAVAILABLE"),
                row(
                        "does not take its token",
                        a -> a.failVault(challenge("https://managedhsm.azure.net")),
                        "OWN_IDENTITY"),
                row("secret wrong", a -> a.failTokens(new Fault.NoToken("AADSTS7000215")), "OWN_IDENTITY"));
    }

    private static Arguments row(String name, Consumer<EmulatedAzure> given, String both) {
        return row(name, given, both, both);
    }

    private static Arguments row(String name, Consumer<EmulatedAzure> given, String light, String deep) {
        return Arguments.of(Named.of(name, given), light, deep);
    }

    private static String verdict(ProbeResult finding) {
        return finding.outcome()
                + finding.denial().map(reason -> " " + reason).orElse("")
                + finding.retryAfter().map(wait -> " for " + wait).orElse("");
    }

    private static void gone(EmulatedAzure azure) {
        azure.vaults().delete(azure.host, "data");
        azure.now.updateAndGet(deleted -> deleted.plus(RETENTION));
    }

    private static void signsOnly(EmulatedAzure azure) {
        gone(azure);
        azure.vaults()
                .create(
                        azure.host,
                        "data",
                        new NewKey(
                                new KeyKind("RSA-HSM", 2048),
                                List.of("sign"),
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private static Consumer<EmulatedAzure> denied(VaultOperation operation) {
        return azure -> azure.fail(operation, Fault.refused(403, "AccessDenied"));
    }

    private static Fault challenge(String resource) {
        return new Fault.Refused(
                401,
                "Unauthorized",
                Optional.empty(),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer authorization=\"https://login.microsoftonline.com/t\", resource=\"%s\""
                                .formatted(resource)));
    }

    /// The emulator takes a token only for the audience that it names in its challenge, which has no document.
    @Test
    void itsTokenIsOfItsOwnAudience() {
        assertThat(azure.probe(ProbeKind.ROUND_TRIP).outcome()).isEqualTo(ProbeOutcome.USABLE);
        assertThat(azure.operations())
                .containsExactly(VaultOperation.GET, VaultOperation.GET, VaultOperation.WRAP, VaultOperation.UNWRAP);
    }

    /// It challenges again, without a document that names an error code.
    @Test
    void aTokenThatItNoLongerTakesIsAFaultOfOurs() {
        assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.USABLE);
        azure.now.updateAndGet(issued -> issued.plus(Duration.ofHours(2)));
        assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.OWN_IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://managedhsm.azure.net",
                "https://hsm.managedhsm.azure.cn",
                "https://hsm.managedhsm.azure.net.evil.example",
                "https://evil.example/.managedhsm.azure.net",
                "https://a.b.managedhsm.azure.net",
                "https://hsm.managedhsm.azure.net:8443",
                "http://hsm.managedhsm.azure.net"
            })
    void whatIsNoManagedHsmOfTheCloudIsNeverAsked(String uri) {
        ProbeResult finding =
                azure.vault.probe(new KeyReference(new KeyId(uri, "data"), Optional.empty()), ProbeKind.ROUND_TRIP);
        assertThat(finding.outcome()).isEqualTo(ProbeOutcome.UNAVAILABLE);
        assertThat(finding.detail()).contains("https://NAME.managedhsm.azure.net");
        assertThat(azure.calls).isEmpty();
    }
}
