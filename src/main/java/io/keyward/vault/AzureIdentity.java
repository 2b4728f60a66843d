package io.keyward.vault;

import java.nio.file.Path;
import java.util.Optional;

/// The identity that Keyward uses with Azure. Secrets stay in their files, which are read again when they change.
public sealed interface AzureIdentity {
    /// A Kubernetes service account that Entra ID trusts; what is not given comes from the variables that Azure's
    /// webhook sets (`AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE`).
    record WorkloadIdentity(Optional<String> tenantId, Optional<String> clientId, Optional<Path> tokenFile)
            implements AzureIdentity {}

    /// The identity of the machine; the one that the machine has if none is named. For vaults of its own tenant only.
    record ManagedIdentity(Optional<String> clientId) implements AzureIdentity {}

    /// An application that proves itself by a secret.
    record ClientSecret(String tenantId, String clientId, Path secretFile) implements AzureIdentity {}

    /// An application that proves itself by a certificate: a file with the certificate and its key, as PEM, or as PFX
    /// if the name ends in `.pfx` or `.p12`.
    record ClientCertificate(String tenantId, String clientId, Path certificateFile, Optional<Path> passwordFile)
            implements AzureIdentity {}

    /// An application that only an emulator accepts.
    record Emulated() implements AzureIdentity {}
}
