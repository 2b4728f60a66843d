package io.keyward.intake;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyNames;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What Azure's identifiers name: a vault, a key in it, or a version of a key, in their canonical form.
///
/// @param version empty if there is no key
public record ObjectAddress(String vaultUri, Optional<String> keyName, Optional<KeyVersion> version) {
    private static final String SCHEME = "https://";
    private static final Set<String> KEYS = Set.of("keys", "deletedkeys");

    private static final Pattern RESOURCE =
            Pattern.compile("/providers/microsoft\\.keyvault/(vaults|managedhsms)/([^/]*)", Pattern.CASE_INSENSITIVE);

    /// What an address names. The addresses of deleted keys are accepted, too.
    ///
    /// @param field where it was found, for the message
    /// @throws RefusedException `INVALID_FIELD` if it names neither a vault nor a key, such as a secret
    public static ObjectAddress parse(String field, String address) {
        ObjectAddress vault = vaultOf(field, address);
        List<String> parts = parts(address.substring(endOfVault(address)));
        if (parts.isEmpty()) {
            return vault;
        }
        if (parts.size() > 3 || !KEYS.contains(parts.getFirst().toLowerCase(Locale.ROOT))) {
            throw RefusedException.invalidField(
                    field + " names neither a vault nor a key; expected https://VAULT or https://VAULT/keys/NAME.");
        }
        return new ObjectAddress(
                vault.vaultUri(),
                parts.stream().skip(1).findFirst().map(name -> KeyNames.name(field, name)),
                parts.stream().skip(2).findFirst().map(version -> KeyVersion.parse(field, version)));
    }

    /// The vault of whatever an address names.
    ///
    /// @param field where it was found, for the message
    /// @throws RefusedException `INVALID_FIELD` if it does not begin with the address of a vault
    public static ObjectAddress vaultOf(String field, String address) {
        return vault(KeyNames.vaultUri(field, address.substring(0, endOfVault(address))));
    }

    private static int endOfVault(String address) {
        int slash = address.indexOf('/', SCHEME.length());
        return slash < 0 ? address.length() : slash;
    }

    /// The vault or Managed HSM that is an Azure resource, or that the resource is in.
    ///
    /// @param field where it was found, for the message
    /// @throws RefusedException `INVALID_FIELD` if there is none
    public static ObjectAddress ofResource(String field, String resourceId) {
        return findInResource(field, resourceId)
                .orElseThrow(() -> RefusedException.invalidField(
                        field + " is not the resource id of a vault; expected /subscriptions/ID/resourceGroups/NAME"
                                + "/providers/Microsoft.KeyVault/vaults/NAME, or managedHSMs in the place of vaults."));
    }

    /// The vault or Managed HSM that an Azure resource is or is in; empty if there is none. It is taken to be in
    /// Azure's public cloud, because resource ids do not say which cloud they are of.
    ///
    /// @param field where it was found, for the message
    /// @throws RefusedException `INVALID_FIELD` if its name cannot be one
    public static Optional<ObjectAddress> findInResource(String field, String resourceId) {
        return RESOURCE.matcher(resourceId).results().findFirst().map(resource -> {
            String domain = resource.group(1).equalsIgnoreCase("vaults") ? ".vault.azure.net" : ".managedhsm.azure.net";
            return vault(KeyNames.vaultUri(field, SCHEME + KeyNames.name(field, resource.group(2)) + domain));
        });
    }

    private static ObjectAddress vault(String vaultUri) {
        return new ObjectAddress(vaultUri, Optional.empty(), Optional.empty());
    }

    /// What follows the vault, without a slash at the end.
    private static List<String> parts(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.isEmpty()
                ? List.of()
                : Arrays.asList(trimmed.substring(1).split("/", -1));
    }

    /// The key.
    ///
    /// @param field where the address was found, for the message
    /// @throws RefusedException `INVALID_FIELD` if there is none
    public KeyId key(String field) {
        return new KeyId(
                vaultUri,
                keyName.orElseThrow(() -> RefusedException.invalidField(
                        field + " names no key; expected https://VAULT/keys/NAME/VERSION.")));
    }
}
