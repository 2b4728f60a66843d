package io.keyward.config;

import java.util.regex.Pattern;

/// One of Azure's separate clouds, with its vault domain and its token service.
public enum AzureCloud {
    PUBLIC("vault.azure.net", "https://login.microsoftonline.com/"),
    CHINA("vault.azure.cn", "https://login.chinacloudapi.cn/"),
    US_GOVERNMENT("vault.usgovcloudapi.net", "https://login.microsoftonline.us/");

    private final String vaultDomain;
    private final String authorityHost;
    private final Pattern vaultUri;

    AzureCloud(String vaultDomain, String authorityHost) {
        this.vaultDomain = vaultDomain;
        this.authorityHost = authorityHost;
        this.vaultUri = Pattern.compile("https://[0-9a-z-]{1,127}\\." + Pattern.quote(vaultDomain));
    }

    /// The address of the token service.
    public String authorityHost() {
        return authorityHost;
    }

    /// The OAuth scope of a token for vaults.
    public String scope() {
        return "https://" + vaultDomain + "/.default";
    }

    /// What URIs of vaults look like, for people.
    public String vaultUriPattern() {
        return "https://NAME." + vaultDomain;
    }

    /// Whether this is the URI of a vault. Requests go to no other address, because each request contains a
    /// token.
    public boolean hasVault(String uri) {
        return vaultUri.matcher(uri).matches();
    }
}
