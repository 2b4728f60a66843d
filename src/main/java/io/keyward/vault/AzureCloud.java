package io.keyward.vault;

import java.util.regex.Pattern;

/// One of Azure's separate clouds: where its vaults are, and who says who we are.
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

    String authorityHost() {
        return authorityHost;
    }

    /// What a token for vaults is asked for.
    String scope() {
        return "https://" + vaultDomain + "/.default";
    }

    /// What the URI of a vault looks like.
    String vaultUriPattern() {
        return "https://NAME." + vaultDomain;
    }

    /// Whether that is the URI of a vault; of anything else we ask nothing, for a request carries a token.
    boolean hasVault(String uri) {
        return vaultUri.matcher(uri).matches();
    }
}
