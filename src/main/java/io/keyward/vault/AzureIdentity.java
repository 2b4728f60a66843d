package io.keyward.vault;

import java.nio.file.Path;
import java.util.Optional;

/// The identity with which Keyward authenticates to Azure. Secrets stay in files, which are read again when
/// they change.
public sealed interface AzureIdentity {
    /// A Kubernetes service account that Entra ID trusts. Missing values come from the environment variables
    /// that Azure's webhook sets (`AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE`).
    record WorkloadIdentity(Optional<String> tenantId, Optional<String> clientId, Optional<Path> tokenFile)
            implements AzureIdentity {}

    /// A managed identity of the machine; without a client id, its default identity. Works only for vaults in
    /// its own tenant.
    record ManagedIdentity(Optional<String> clientId) implements AzureIdentity {}

    record ClientSecret(String tenantId, String clientId, Path secretFile) implements AzureIdentity {}

    /// An application that authenticates with a certificate. The file contains the certificate and its key, as
    /// PEM, or as PFX if the name ends in `.pfx` or `.p12`.
    record ClientCertificate(String tenantId, String clientId, Path certificateFile, Optional<Path> passwordFile)
            implements AzureIdentity {}

    /// An application that only an emulator accepts.
    record Emulated() implements AzureIdentity {}
}
