package io.keyward.config;

import java.util.Arrays;
import java.util.regex.Pattern;

/// One of Azure's separate clouds, with the domains of its vaults and Managed HSMs and its token service.
public enum AzureCloud {
    PUBLIC("vault.azure.net", "managedhsm.azure.net", "https://login.microsoftonline.com/"),
    CHINA("vault.azure.cn", "managedhsm.azure.cn", "https://login.chinacloudapi.cn/"),
    US_GOVERNMENT("vault.usgovcloudapi.net", "managedhsm.usgovcloudapi.net", "https://login.microsoftonline.us/");

    private static final String SCHEME = "https://";

    private final String vaultDomain;
    private final String hsmDomain;
    private final String authorityHost;
    private final Pattern uri;

    AzureCloud(String vaultDomain, String hsmDomain, String authorityHost) {
        this.vaultDomain = vaultDomain;
        this.hsmDomain = hsmDomain;
        this.authorityHost = authorityHost;
        this.uri = Pattern.compile(
                "https://[0-9a-z-]{1,127}\\.(" + Pattern.quote(vaultDomain) + "|" + Pattern.quote(hsmDomain) + ")");
    }

    /// The address of the token service.
    public String authorityHost() {
        return authorityHost;
    }

    /// The OAuth scope of tokens for vaults. Managed HSMs require another scope and name it themselves.
    public String scope() {
        return SCHEME + vaultDomain + "/.default";
    }

    /// The pattern of the URIs of vaults and Managed HSMs, for messages.
    public String vaultUriPattern() {
        return SCHEME + "NAME." + vaultDomain + " or " + SCHEME + "NAME." + hsmDomain;
    }

    /// Whether this is the URI of a vault or Managed HSM. Requests go to no other address, because each request
    /// contains a token.
    public boolean hasVault(String vaultUri) {
        return uri.matcher(vaultUri).matches();
    }

    /// Whether this is the URI of a Managed HSM of any cloud, and not of a vault.
    public static boolean isManagedHsm(String vaultUri) {
        return Arrays.stream(values()).anyMatch(cloud -> vaultUri.endsWith("." + cloud.hsmDomain));
    }
}
