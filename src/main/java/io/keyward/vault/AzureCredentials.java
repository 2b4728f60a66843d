package io.keyward.vault;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;

/// Creates the SDK's credential for an identity. Token requests, like all others, are never retried.
record AzureCredentials(AzureSettings settings, HttpClient http, ExecutorService threads) {
    private static final String EMULATED_ID = "00000000-0000-4000-8000-000000000000";

    TokenCredential of(AzureIdentity identity) {
        return new OwnIdentity(
                switch (identity) {
                    case AzureIdentity.WorkloadIdentity workload -> workload(workload);
                    case AzureIdentity.ManagedIdentity machine -> managed(machine);
                    case AzureIdentity.ClientSecret application ->
                        new CredentialFromFile(
                                application.secretFile(),
                                secret -> secret(application.tenantId(), application.clientId(), text(secret)));
                    case AzureIdentity.ClientCertificate application ->
                        new CredentialFromFile(
                                application.certificateFile(), certificate -> certificate(application, certificate));
                    case AzureIdentity.Emulated _ -> secret(EMULATED_ID, EMULATED_ID, "emulated");
                });
    }

    private TokenCredential workload(AzureIdentity.WorkloadIdentity workload) {
        WorkloadIdentityCredentialBuilder builder = common(new WorkloadIdentityCredentialBuilder());
        workload.tenantId().ifPresent(builder::tenantId);
        workload.clientId().ifPresent(builder::clientId);
        workload.tokenFile().map(Path::toString).ifPresent(builder::tokenFilePath);
        return builder.build();
    }

    private TokenCredential managed(AzureIdentity.ManagedIdentity machine) {
        ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder()
                .httpClient(http)
                .httpLogOptions(new HttpLogOptions().setLogLevel(AzureClients.NO_LOG))
                .retryOptions(AzureClients.SENT_ONCE)
                .executorService(threads);
        machine.clientId().ifPresent(builder::clientId);
        return builder.build();
    }

    private TokenCredential secret(String tenantId, String clientId, String secret) {
        return common(new ClientSecretCredentialBuilder())
                .tenantId(tenantId)
                .clientId(clientId)
                .clientSecret(secret)
                .build();
    }

    private TokenCredential certificate(AzureIdentity.ClientCertificate application, byte[] certificate) {
        ClientCertificateCredentialBuilder builder = common(new ClientCertificateCredentialBuilder())
                .tenantId(application.tenantId())
                .clientId(application.clientId());
        String name = application.certificateFile().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pfx") || name.endsWith(".p12")) {
            builder.pfxCertificate(new ByteArrayInputStream(certificate));
        } else {
            builder.pemCertificate(new ByteArrayInputStream(certificate));
        }
        application
                .passwordFile()
                .map(CredentialFromFile::read)
                .map(AzureCredentials::text)
                .ifPresent(builder::clientCertificatePassword);
        return builder.build();
    }

    private <T extends AadCredentialBuilderBase<T>> T common(T builder) {
        return builder.authorityHost(settings.cloud().authorityHost())
                .additionallyAllowedTenants(settings.allowedTenants())
                .executorService(threads)
                .httpClient(http)
                .httpLogOptions(new HttpLogOptions().setLogLevel(AzureClients.NO_LOG))
                .retryOptions(AzureClients.SENT_ONCE);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).strip();
    }
}
