package io.keyward.vault;

import static io.keyward.vault.EmulatedAzure.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Call;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.VaultOperation;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Tests with the real SDK and the emulator what each kind of answer means.
class AzureKeyVaultTest {
    /// After it, a deleted key is gone.
    private static final Duration RETENTION = Duration.ofDays(90);

    private final EmulatedAzure azure = new EmulatedAzure(Duration.ofMinutes(5));

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
            assertThat(finding.detail()).endsWith(".").doesNotContain("injected", "Caller", "not allowed");
        }
    }

    @Test
    void whetherWeAreSomebodyToTheVaultsShowsWithoutAKey() {
        assertThat(azure.vault.signInProblem()).isEmpty();
        assertThat(azure.operations()).isEmpty();
    }

    @Test
    void aTokenThatIsRefusedIsTheProblemAndNothingOfTheAnswerIsTold() {
        azure.failTokens(new Fault.NoToken("AADSTS7000222"));
        assertThat(azure.vault.signInProblem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("AADSTS7000222", "the client secret has expired")
                        .endsWith(".")
                        .doesNotContain("injected"));
    }

    static Stream<Arguments> everyAnswerHasItsMeaning() {
        return Stream.of(
                row("usable", _ -> {}, "USABLE", "USABLE"),
                row("disabled", a -> a.vaults().setEnabled(a.host, "data", false), "DISABLED"),
                row("deleted", a -> a.vaults().delete(a.host, "data"), "DELETED_RECOVERABLE"),
                row("never there", a -> gone(a), "ABSENT"),
                row("deleted, and we may not read that", AzureKeyVaultTest::deletedUnreadable, "ABSENT"),
                row(
                        "being deleted",
                        a -> a.failVault(conflict("ObjectIsDeletedButRecoverable")),
                        "DELETED_RECOVERABLE"),
                row("another conflict", a -> a.failVault(conflict("ObjectIsBeingRecovered")), "UNAVAILABLE"),
                row("no role", a -> a.vaults().deny(a.host, "data", Barrier.RBAC), "ACCESS_DENIED RBAC"),
                row("no policy", a -> a.vaults().deny(a.host, "data", Barrier.POLICY), "ACCESS_DENIED POLICY"),
                row("firewall", a -> a.vaults().deny(a.host, "data", Barrier.NETWORK), "ACCESS_DENIED NETWORK"),
                row(
                        "private link",
                        a -> a.failVault(Fault.forbidden("ForbiddenByConnection")),
                        "ACCESS_DENIED NETWORK"),
                row("older code", a -> a.failVault(Fault.forbidden("AccessDenied")), "ACCESS_DENIED POLICY"),
                row("unknown reason", a -> a.failVault(Fault.forbidden("Whatever")), "ACCESS_DENIED"),
                row("may not wrap", denied(VaultOperation.WRAP), "USABLE", "ACCESS_DENIED RBAC"),
                row("may not unwrap", denied(VaultOperation.UNWRAP), "USABLE", "ACCESS_DENIED RBAC"),
                row("disabled since it was read", disabledAt(VaultOperation.UNWRAP), "USABLE", "DISABLED"),
                row("expired", dated(Optional.empty(), Optional.of(NOW)), "EXPIRED"),
                row("not yet valid", dated(Optional.of(NOW.plusSeconds(1)), Optional.empty()), "NOT_YET_VALID"),
                row("within its dates", dated(Optional.of(NOW), Optional.of(NOW.plusSeconds(1))), "USABLE"),
                row(
                        "expired, and we may not wrap",
                        dated(Optional.empty(), Optional.of(NOW)).andThen(denied(VaultOperation.WRAP)),
                        "EXPIRED"),
                row("of 4096 bits", a -> replaced(a, NewKey.of(new KeyKind("RSA", 4096))), "USABLE"),
                row(
                        "of a size that no policy accepts",
                        a -> replaced(a, NewKey.of(new KeyKind("RSA", 1024))),
                        "USABLE"),
                row("elliptic", a -> replaced(a, NewKey.of(new KeyKind("EC", 256))), "UNSUITABLE"),
                row(
                        "signs only",
                        a -> replaced(
                                a,
                                new NewKey(
                                        KeyKind.RSA_2048,
                                        List.of("sign"),
                                        true,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())),
                        "UNSUITABLE"),
                row(
                        "may not be used so",
                        a -> a.fail(VaultOperation.WRAP, Fault.forbidden("KeyOperationForbidden")),
                        "USABLE",
                        "UNSUITABLE"),
                row("over its quota", a -> a.failVault(Fault.throttled(7)), "THROTTLED for PT7S"),
                row("out of order", a -> a.failVault(Fault.refused(500, "InternalServerError")), "UNAVAILABLE"),
                row("out of order for a while", a -> a.failVault(busy("3")), "UNAVAILABLE for PT3S"),
                row(
                        "out of order until",
                        a -> a.failVault(busy("Wed, 25 Nov 2026 12:00:09 GMT")),
                        "UNAVAILABLE for PT9S"),
                row("a wait that is none", a -> a.failVault(busy("soon")), "UNAVAILABLE"),
                row("connection closed", a -> a.failVault(new Fault.Drop()), "UNAVAILABLE"),
                row("proxy says no", a -> a.failVault(new Fault.Page(403, "<html>no</html>")), "UNAVAILABLE"),
                row("proxy finds nothing", a -> a.failVault(new Fault.Page(404, "<html>no</html>")), "UNAVAILABLE"),
                row(
                        "a page with success",
                        a -> a.failVault(new Fault.Page(200, "<html>welcome</html>")),
                        "UNAVAILABLE"),
                row("no such vault", a -> a.failVault(Fault.refused(404, "VaultNotFound")), "UNAVAILABLE"),
                row("redirected", a -> a.failVault(new Fault.Page(302, "")), "UNAVAILABLE"),
                row("token refused", a -> a.failVault(Fault.refused(401, "Unauthorized")), "OWN_IDENTITY"),
                row("secret wrong", a -> a.failTokens(new Fault.NoToken("AADSTS7000215")), "OWN_IDENTITY"),
                row("unknown in the tenant", a -> a.failTokens(new Fault.NoToken("AADSTS700016")), "OWN_IDENTITY"),
                row("unknown in the vault's tenant only", ofTheVaultsTenant("AADSTS700016"), "OWN_IDENTITY DIRECTORY"),
                row("disabled in the vault's tenant", ofTheVaultsTenant("AADSTS7000112"), "OWN_IDENTITY DIRECTORY"),
                row("blocked in the vault's tenant", ofTheVaultsTenant("AADSTS53003"), "OWN_IDENTITY DIRECTORY"),
                row("no such tenant", ofTheVaultsTenant("AADSTS90002"), "OWN_IDENTITY"),
                row("Entra ID gone", a -> a.failTokens(new Fault.Drop()), "OWN_IDENTITY"),
                row("asks for a foreign token", a -> a.failVault(challenge("https://evil.example")), "UNAVAILABLE"));
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

    private static void replaced(EmulatedAzure azure, NewKey key) {
        gone(azure);
        azure.vaults().create(azure.host, "data", key);
    }

    private static void deletedUnreadable(EmulatedAzure azure) {
        azure.vaults().delete(azure.host, "data");
        azure.fail(VaultOperation.GET_DELETED, Fault.forbidden("ForbiddenByRbac"));
    }

    private static Consumer<EmulatedAzure> denied(VaultOperation operation) {
        return azure -> azure.fail(operation, Fault.forbidden("ForbiddenByRbac"));
    }

    /// Keyward's own tenant gives tokens.
    private static Consumer<EmulatedAzure> ofTheVaultsTenant(String code) {
        return azure -> azure.fail(
                call -> call instanceof Call.ForToken asked && asked.tenantId().equals(azure.tenant)
                        ? Optional.of(new Fault.NoToken(code))
                        : Optional.empty());
    }

    private static Consumer<EmulatedAzure> disabledAt(VaultOperation operation) {
        return azure -> azure.fail(operation, Fault.forbidden("KeyDisabled"));
    }

    private static Consumer<EmulatedAzure> dated(Optional<Instant> from, Optional<Instant> to) {
        return azure -> azure.emulator.setDates(azure.host, "data", from, to);
    }

    private static Fault conflict(String innerCode) {
        return new Fault.Refused(409, "Conflict", Optional.of(innerCode), Map.of());
    }

    private static Fault busy(String retryAfter) {
        return new Fault.Refused(503, "ServiceUnavailable", Optional.empty(), Map.of("Retry-After", retryAfter));
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

    @ParameterizedTest
    @EnumSource(ProbeKind.class)
    void aVaultThatDoesNotAnswerIsGivenUpInTime(ProbeKind depth) {
        try (EmulatedAzure slow = new EmulatedAzure(Duration.ofMillis(400))) {
            slow.failVault(new Fault.Hang());
            assertThat(slow.probe(depth).outcome()).isEqualTo(ProbeOutcome.UNAVAILABLE);
        }
    }

    @Test
    void tokensThatDoNotComeAreAFaultOfOurs() {
        try (EmulatedAzure slow = new EmulatedAzure(Duration.ofSeconds(6))) {
            slow.failTokens(new Fault.Hang());
            assertThat(slow.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.OWN_IDENTITY);
        }
    }

    @Test
    void aVaultWithoutAddressIsUnavailable() {
        KeyReference key = new KeyReference(new KeyId("https://elsewhere.vault.azure.net", "data"), Optional.empty());
        assertThat(azure.vault.probe(key, ProbeKind.ROUND_TRIP).outcome()).isEqualTo(ProbeOutcome.UNAVAILABLE);
    }

    @Test
    void lightCostsOneRequestAndDeepThree() {
        azure.probe(ProbeKind.READ);
        azure.calls.clear();
        azure.probe(ProbeKind.READ);
        assertThat(azure.calls).hasSize(1);
        azure.calls.clear();
        azure.probe(ProbeKind.ROUND_TRIP);
        assertThat(azure.operations()).containsExactly(VaultOperation.GET, VaultOperation.WRAP, VaultOperation.UNWRAP);
        assertThat(azure.calls).hasSize(3);
    }

    @Test
    void aKeyThatIsNotThereCostsTwoRequests() {
        gone(azure);
        azure.probe(ProbeKind.READ);
        azure.calls.clear();
        azure.probe(ProbeKind.ROUND_TRIP);
        assertThat(azure.operations()).containsExactly(VaultOperation.GET, VaultOperation.GET_DELETED);
    }

    @Test
    void whatFailsIsNotSentAgain() {
        azure.probe(ProbeKind.READ);
        for (Fault fault : List.of(Fault.throttled(1), Fault.refused(503, "ServiceUnavailable"))) {
            azure.failVault(fault);
            azure.calls.clear();
            azure.probe(ProbeKind.ROUND_TRIP);
            assertThat(azure.calls).as(fault.toString()).hasSize(1);
        }
    }

    @Test
    void theFirstRequestOfAVaultIsChallengedOnceWithoutAToken() {
        azure.probe(ProbeKind.ROUND_TRIP);
        azure.probe(ProbeKind.READ);
        assertThat(azure.operations())
                .containsExactly(
                        VaultOperation.GET,
                        VaultOperation.GET,
                        VaultOperation.WRAP,
                        VaultOperation.UNWRAP,
                        VaultOperation.GET);
    }

    @Test
    void aFindingDescribesTheKey() {
        azure.vaults().open("kv-kept.vault.azure.net", azure.tenant, true);
        azure.vaults()
                .create(
                        "kv-kept.vault.azure.net",
                        "hsm",
                        new NewKey(
                                new KeyKind("RSA-HSM", 3072),
                                List.of("wrapKey", "unwrapKey"),
                                true,
                                Optional.of(NOW.minusSeconds(60)),
                                Optional.of(NOW.plusSeconds(60)),
                                Optional.of("V7")));
        KeyReference key = new KeyReference(new KeyId("https://kv-kept.vault.azure.net", "hsm"), Optional.empty());
        assertThat(azure.vault.probe(key, ProbeKind.ROUND_TRIP).key())
                .contains(new KeyDescription(
                        new KeyVersion("v7"),
                        new KeyShape(KeyShape.Kind.RSA_HSM, 3072),
                        true,
                        Optional.of(NOW.minusSeconds(60)),
                        Optional.of(NOW.plusSeconds(60)),
                        RecoveryLevel.PURGE_PROTECTED));
        assertThat(azure.probe(ProbeKind.READ).key().orElseThrow().recovery()).isEqualTo(RecoveryLevel.SOFT_DELETE);
    }

    @ParameterizedTest
    @EnumSource(ProbeKind.class)
    void aRotatedKeyIsFoundWithItsNewVersion(ProbeKind depth) {
        String rotated = azure.vaults().rotate(azure.host, "data").current().id();
        assertThat(azure.probe(depth).key().map(KeyDescription::version)).contains(new KeyVersion(rotated));
    }

    @Test
    void aPinnedVersionIsAskedForByItself() {
        String first = azure.vaults().key(azure.host, "data").current().id();
        String second = azure.vaults().rotate(azure.host, "data").current().id();
        azure.vaults().setEnabled(azure.host, "data", false);
        ProbeResult pinned = azure.vault.probe(azure.key("data", first), ProbeKind.ROUND_TRIP);
        assertThat(pinned.outcome()).isEqualTo(ProbeOutcome.USABLE);
        assertThat(pinned.key().map(KeyDescription::version)).contains(new KeyVersion(first));
        assertThat(azure.vault
                        .probe(azure.key("data", second), ProbeKind.ROUND_TRIP)
                        .outcome())
                .isEqualTo(ProbeOutcome.DISABLED);
        assertThat(azure.vault
                        .probe(azure.key("data", "none"), ProbeKind.ROUND_TRIP)
                        .outcome())
                .isEqualTo(ProbeOutcome.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://kv.vault.azure.net.evil.example",
                "https://evil.example/.vault.azure.net",
                "https://evil.example?.vault.azure.net",
                "https://user@kv.vault.azure.net",
                "https://kv.vault.azure.net:8443",
                "http://kv.vault.azure.net",
                "https://kv.vault.azure.cn",
                "kv.vault.azure.net"
            })
    void whatIsNoVaultOfTheCloudIsNeverAsked(String uri) {
        ProbeResult finding =
                azure.vault.probe(new KeyReference(new KeyId(uri, "data"), Optional.empty()), ProbeKind.ROUND_TRIP);
        assertThat(finding.outcome()).isEqualTo(ProbeOutcome.UNAVAILABLE);
        assertThat(finding.detail()).contains("https://NAME.vault.azure.net");
        assertThat(azure.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secrets/data", "data?x", "a b", "data/versions", "dät"})
    void whatIsNoNameOfAKeyIsNeverAskedFor(String name) {
        assertThat(azure.vault.probe(azure.key(name), ProbeKind.ROUND_TRIP).outcome())
                .isEqualTo(ProbeOutcome.UNAVAILABLE);
        assertThat(azure.vault
                        .probe(azure.key("data", name), ProbeKind.ROUND_TRIP)
                        .outcome())
                .isEqualTo(ProbeOutcome.UNAVAILABLE);
        assertThat(azure.calls).isEmpty();
    }

    @Test
    void aVaultThatAsksForATokenOfAnotherDomainGetsNone() {
        azure.failVault(challenge("https://evil.example"));
        azure.probe(ProbeKind.ROUND_TRIP);
        assertThat(azure.operations()).hasSize(1);
        assertThat(azure.calls).hasSize(1);
    }

    @Test
    void theCodeOfEntraIdIsExplained() {
        azure.failTokens(new Fault.NoToken("AADSTS7000215"));
        assertThat(azure.probe(ProbeKind.READ).detail()).contains("AADSTS7000215", "the client secret is wrong");
    }

    /// These loggers would log the response of a failed request.
    @ParameterizedTest
    @ValueSource(strings = {"com.azure.core.http.policy.RetryPolicy", "com.microsoft.aad.msal4j.HttpHelper"})
    void theSdkLogsNothing(String name) {
        assertThat(LoggerFactory.getLogger(name).isErrorEnabled()).isFalse();
    }
}
