package io.keyward.vault;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.keyward.config.VaultAccess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// Creates the SDK's credential for an identity. Token requests, like all others, are never retried.
record AzureCredentials(VaultAccess access, HttpClient http, ExecutorService threads) {
    private static final String EMULATED_ID = "00000000-0000-4000-8000-000000000000";

    TokenCredential credential() {
        return new OwnIdentity(
                switch (access.credential()) {
                    case WORKLOAD_IDENTITY -> always(workload());
                    case MANAGED_IDENTITY -> always(managed());
                    case CLIENT_SECRET ->
                        new CredentialFromFile(
                                access.value(VaultAccess.SECRET),
                                secret -> secret(
                                        access.value(VaultAccess.TENANT_ID),
                                        access.value(VaultAccess.CLIENT_ID),
                                        text(secret)));
                    case CLIENT_CERTIFICATE ->
                        new CredentialFromFile(access.value(VaultAccess.CERTIFICATE), this::certificate);
                    case EMULATED -> always(secret(EMULATED_ID, EMULATED_ID, "emulated"));
                });
    }

    private static Supplier<TokenCredential> always(TokenCredential credential) {
        return () -> credential;
    }

    private TokenCredential workload() {
        WorkloadIdentityCredentialBuilder builder = common(new WorkloadIdentityCredentialBuilder());
        access.find(VaultAccess.TENANT_ID).ifPresent(builder::tenantId);
        access.find(VaultAccess.CLIENT_ID).ifPresent(builder::clientId);
        access.find(VaultAccess.TOKEN).map(Path::toString).ifPresent(builder::tokenFilePath);
        return builder.build();
    }

    private TokenCredential managed() {
        ManagedIdentityCredentialBuilder builder = AzureClients.sentOnce(new ManagedIdentityCredentialBuilder(), http)
                .executorService(threads);
        access.find(VaultAccess.CLIENT_ID).ifPresent(builder::clientId);
        return builder.build();
    }

    private TokenCredential secret(String tenantId, String clientId, String secret) {
        return common(new ClientSecretCredentialBuilder())
                .tenantId(tenantId)
                .clientId(clientId)
                .clientSecret(secret)
                .build();
    }

    private TokenCredential certificate(byte[] certificate) {
        ClientCertificateCredentialBuilder builder = common(new ClientCertificateCredentialBuilder())
                .tenantId(access.value(VaultAccess.TENANT_ID))
                .clientId(access.value(VaultAccess.CLIENT_ID));
        String name = access.value(VaultAccess.CERTIFICATE).toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pfx") || name.endsWith(".p12")) {
            builder.pfxCertificate(new ByteArrayInputStream(certificate));
        } else {
            builder.pemCertificate(new ByteArrayInputStream(certificate));
        }
        access.find(VaultAccess.CERTIFICATE_PASSWORD)
                .map(CredentialFromFile::read)
                .map(AzureCredentials::text)
                .ifPresent(builder::clientCertificatePassword);
        return builder.build();
    }

    private <T extends AadCredentialBuilderBase<T>> T common(T builder) {
        return AzureClients.sentOnce(builder, http)
                .authorityHost(access.cloud().authorityHost())
                .additionallyAllowedTenants(access.allowedTenants())
                .executorService(threads);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).strip();
    }
}
