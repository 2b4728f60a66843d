package io.keyward.vault;

import com.azure.core.client.traits.HttpTrait;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Configuration;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import io.keyward.config.AzureCloud;
import io.keyward.config.VaultAccess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/// Creates the Azure SDK's clients. They never retry, because the watch counts requests and decides itself when
/// to retry. They log nothing, because the SDK would log the vault's responses.
final class AzureClients {
    private static final RetryOptions SENT_ONCE = new RetryOptions(new FixedDelayOptions(0, Duration.ZERO));

    private final HttpClient http;
    private final TokenCredential credential;
    private final Map<String, KeyClient> ofVaults = new ConcurrentHashMap<>();

    AzureClients(VaultAccess access, ExecutorService threads) {
        http = http(access, threads);
        credential = new AzureCredentials(access, http, threads).credential();
    }

    KeyClient keys(String vaultUri) {
        return ofVaults.computeIfAbsent(
                vaultUri,
                uri -> sentOnce(new KeyClientBuilder(), http)
                        .vaultUrl(uri)
                        .credential(credential)
                        .clientOptions(options())
                        .buildClient());
    }

    /// A client that wraps and unwraps with this key version in the vault. If the SDK had the key, it would
    /// wrap locally and succeed even with a disabled key.
    CryptographyClient cryptography(String versionUri) {
        return sentOnce(new CryptographyClientBuilder(), http)
                .keyIdentifier(versionUri)
                .credential(credential)
                .clientOptions(options())
                .disableKeyCaching()
                .buildClient();
    }

    /// Gets a token for vaults, which every probe needs.
    void signIn(AzureCloud cloud) {
        credential.getTokenSync(new TokenRequestContext().addScopes(cloud.scope()));
    }

    /// Has the builder's client send each request once, through this client, and log nothing.
    static <T extends HttpTrait<T>> T sentOnce(T builder, HttpClient http) {
        return builder.httpClient(http)
                .retryOptions(SENT_ONCE)
                .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE));
    }

    private static ClientOptions options() {
        return new ClientOptions().setApplicationId("keyward");
    }

    private static HttpClient http(VaultAccess access, ExecutorService threads) {
        Duration timeout = access.timeoutOfRequest();
        java.net.http.HttpClient.Builder jdk = java.net.http.HttpClient.newBuilder();
        JdkHttpClientBuilder builder = new JdkHttpClientBuilder(jdk)
                .executor(threads)
                .connectionTimeout(timeout)
                .writeTimeout(timeout)
                .responseTimeout(timeout)
                .readTimeout(timeout);
        return access.find(VaultAccess.EMULATOR)
                .<HttpClient>map(emulator -> {
                    jdk.proxy(java.net.http.HttpClient.Builder.NO_PROXY);
                    return new EmulatorHttpClient(
                            builder.configuration(Configuration.NONE).build(), emulator);
                })
                .orElseGet(builder::build);
    }
}
