package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Grantee;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.StoredVault;
import io.keyward.sandbox.vault.Vaults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests the emulator's exact responses over plain HTTP.
class EmbeddedKeyVaultTest {
    private static final String HOST = "kv.vault.azure.net";
    private static final String KEY = "/keys/data?api-version=7.6";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final EmbeddedKeyVault emulator = EmbeddedKeyVault.start(Optional.empty(), 0, clock);
    private final HttpClient client = HttpClient.newHttpClient();

    EmbeddedKeyVaultTest() {
        emulator.vaults().open(HOST, "tenant-1", false);
        emulator.vaults().create(HOST, "data", NewKey.of(KeyKind.RSA_2048).withVersion("v1"));
    }

    @AfterEach
    void stop() {
        emulator.close();
        client.close();
    }

    @Test
    void whoHasNoTokenIsToldWhereToGetOne() throws Exception {
        HttpResponse<String> reply = get(KEY, Optional.empty());
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer authorization=\"https://login.microsoftonline.com/tenant-1\","
                        + " resource=\"https://vault.azure.net\"");
        assertThat(reply.body()).startsWith("{\"error\":{\"code\":\"Unauthorized\",");
    }

    @Test
    void aKeyLooksLikeAzures() throws Exception {
        HttpResponse<String> reply = get(KEY, Optional.of(token("tenant-1", "app")));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.body())
                .startsWith("{\"key\":{\"kid\":\"https://kv.vault.azure.net/keys/data/v1\",\"kty\":\"RSA\",\"key_ops\":"
                        + "[\"encrypt\",\"decrypt\",\"sign\",\"verify\",\"wrapKey\",\"unwrapKey\"],\"n\":\"")
                .endsWith(
                        "\"e\":\"AQAB\"},\"attributes\":{\"enabled\":true,\"created\":1795608000,\"updated\":1795608000,"
                                + "\"recoveryLevel\":\"Recoverable+Purgeable\",\"recoverableDays\":90}}");
    }

    @Test
    void aTokenIsGoodForItsTenantAndForAnHour() throws Exception {
        String token = token("tenant-1", "app");
        assertThat(get(KEY, Optional.of(token)).statusCode()).isEqualTo(200);
        assertThat(get(KEY, Optional.of(token("tenant-2", "app"))).body()).contains("AKV10032");
        now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
        assertThat(get(KEY, Optional.of(token)).statusCode()).isEqualTo(401);
    }

    @Test
    void whatOnlyTheOwnerMayDoIsNotEmulated() throws Exception {
        String token = token("tenant-1", "app");
        HttpResponse<String> reply =
                send(HttpRequest.newBuilder().method("DELETE", BodyPublishers.noBody()), HOST, KEY, Optional.of(token));
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("is not emulated");
        assertThat(get("/deletedkeys/data?api-version=7.6", Optional.of(token)).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/keys/data, 400", "/secrets/data?api-version=7.6, 400", "/keys/none?api-version=7.6, 404"})
    void whatIsNotThereOrNotEmulatedIsRefused(String path, int status) throws Exception {
        assertThat(get(path, Optional.of(token("tenant-1", "app"))).statusCode())
                .isEqualTo(status);
    }

    @Test
    void aVaultThatDoesNotExistDoesNotAnswer() {
        assertThatThrownBy(() -> send(HttpRequest.newBuilder(), "none.vault.azure.net", KEY, Optional.empty()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aDeletedKeyIsPurgedAfterItsRetention() {
        Vaults vaults = emulator.vaults();
        vaults.delete(HOST, "data");
        now.updateAndGet(time -> time.plus(Duration.ofDays(90).minusSeconds(1)));
        assertThat(vaults.deleted(HOST, "data").isDeleted()).isTrue();
        now.updateAndGet(time -> time.plusSeconds(1));
        assertThatThrownBy(() -> vaults.recover(HOST, "data")).hasMessageContaining("was not found");
        assertThat(vaults.create(HOST, "data", NewKey.of(KeyKind.RSA_2048)).versions())
                .hasSize(1);
    }

    @Test
    void barriersAreOfTheKeyOrOfItsVaultAndAreLiftedTogether() {
        Vaults vaults = emulator.vaults();
        vaults.create(HOST, "other", NewKey.of(KeyKind.RSA_2048));
        vaults.deny(HOST, "data", Barrier.RBAC);
        assertThat(vaults.key(HOST, "data").denied()).isTrue();
        assertThat(vaults.key(HOST, "other").denied()).isFalse();
        vaults.deny(HOST, "data", Barrier.NETWORK);
        assertThat(vaults.find(HOST).flatMap(StoredVault::barrier)).contains(Barrier.NETWORK);
        vaults.allow(HOST, "data");
        assertThat(vaults.key(HOST, "data").denied()).isFalse();
        assertThat(vaults.find(HOST).flatMap(StoredVault::barrier)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"KEYWARD, 403, 200", "POLICY, 200, 403"})
    void eachIdentityHasAGrantOfItsOwn(Grantee denied, int keyward, int policy) throws Exception {
        emulator.vaults().removeRole(HOST, "data", denied);
        assertThat(get(KEY, Optional.of(token("tenant-1", "app"))).statusCode()).isEqualTo(keyward);
        assertThat(get(KEY, Optional.of(token("tenant-1", Grantee.POLICY_CLIENT)))
                        .statusCode())
                .isEqualTo(policy);
        emulator.vaults().allow(HOST, "data");
        assertThat(get(KEY, Optional.of(token("tenant-1", "app"))).statusCode()).isEqualTo(200);
        assertThat(get(KEY, Optional.of(token("tenant-1", Grantee.POLICY_CLIENT)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bothGrantsCanBeMissing() {
        Vaults vaults = emulator.vaults();
        vaults.removeRole(HOST, "data", Grantee.POLICY);
        vaults.removeRole(HOST, "data", Grantee.KEYWARD);
        assertThat(vaults.key(HOST, "data"))
                .extracting(StoredKey::denied, StoredKey::deniedToPolicy)
                .containsExactly(true, true);
    }

    @ParameterizedTest
    @EnumSource(
            value = Barrier.class,
            names = {"POLICY", "NETWORK"})
    void theBarriersOfAVaultAreKeywardsOnly(Barrier barrier) throws Exception {
        emulator.vaults().deny(HOST, "data", barrier);
        assertThat(get(KEY, Optional.of(token("tenant-1", "app"))).statusCode()).isEqualTo(403);
        assertThat(get(KEY, Optional.of(token("tenant-1", Grantee.POLICY_CLIENT)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theVaultsOfAnOlderSandboxAreRead(@TempDir Path folder) throws Exception {
        try (EmbeddedKeyVault older = EmbeddedKeyVault.start(Optional.of(folder), 0, clock)) {
            older.vaults().open(HOST, "tenant-1", true);
            older.vaults().create(HOST, "data", NewKey.of(KeyKind.RSA_2048));
        }
        Path file = folder.resolve("vaults.json");
        String now = Files.readString(file);
        String then = now.replace(",\"deniedToPolicy\":false", "");
        assertThat(then).isNotEqualTo(now);
        Files.writeString(file, then);
        try (EmbeddedKeyVault newer = EmbeddedKeyVault.start(Optional.of(folder), 0, clock)) {
            assertThat(newer.vaults().key(HOST, "data").deniedToPolicy()).isFalse();
        }
    }

    @Test
    void everythingIsKeptInAFolder(@TempDir Path folder) throws Exception {
        List<StoredVault> kept;
        try (EmbeddedKeyVault first = EmbeddedKeyVault.start(Optional.of(folder), 0, clock)) {
            Vaults vaults = first.vaults();
            vaults.open(HOST, "tenant-1", true);
            vaults.create(
                    HOST,
                    "data",
                    new NewKey(
                            new KeyKind("RSA-HSM", 3072),
                            List.of("wrapKey"),
                            true,
                            Optional.of(now.get()),
                            Optional.of(now.get()),
                            Optional.empty()));
            vaults.create(HOST, "curved", NewKey.of(new KeyKind("EC", 256)));
            vaults.rotate(HOST, "data");
            vaults.removeRole(HOST, "data", Grantee.POLICY);
            vaults.deny(HOST, "curved", Barrier.RBAC);
            vaults.delete(HOST, "curved");
            vaults.open("closed.vault.azure.net", "tenant-1", false);
            vaults.create("closed.vault.azure.net", "data", NewKey.of(KeyKind.RSA_2048));
            vaults.deny("closed.vault.azure.net", "data", Barrier.POLICY);
            kept = vaults.all();
        }
        try (EmbeddedKeyVault second = EmbeddedKeyVault.start(Optional.of(folder), 0, clock)) {
            assertThat(second.vaults().all()).isEqualTo(kept);
            String token = token(second, "tenant-1", "app");
            assertThat(send(second, HttpRequest.newBuilder(), HOST, KEY, Optional.of(token))
                            .body())
                    .contains("\"n\":\"");
        }
    }

    @Test
    void aFileThatIsNoneOfItsOwnIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("vaults.json"), "{\"vaults\":[{}]}");
        assertThatThrownBy(() -> EmbeddedKeyVault.start(Optional.of(folder), 0, clock))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restore the file or remove it");
    }

    private String token(String tenant, String client) throws Exception {
        return token(emulator, tenant, client);
    }

    private String token(EmbeddedKeyVault vault, String tenant, String clientId) throws Exception {
        String form =
                "client_id=%s&client_secret=s&grant_type=client_credentials&scope=https%%3A%%2F%%2Fvault.azure.net%%2F.default"
                        .formatted(clientId);
        String body = send(
                        vault,
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form)),
                        "login.microsoftonline.com",
                        "/" + tenant + "/oauth2/v2.0/token",
                        Optional.empty())
                .body();
        Matcher token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(body);
        assertThat(token.find()).as(body).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> get(String path, Optional<String> token) throws Exception {
        return send(HttpRequest.newBuilder(), HOST, path, token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String host, String path, Optional<String> token)
            throws Exception {
        return send(emulator, request, host, path, token);
    }

    private HttpResponse<String> send(
            EmbeddedKeyVault vault, HttpRequest.Builder request, String host, String path, Optional<String> token)
            throws Exception {
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return client.send(
                request.uri(URI.create(vault.url() + path))
                        .header("X-Forwarded-Host", host)
                        .build(),
                BodyHandlers.ofString());
    }
}
