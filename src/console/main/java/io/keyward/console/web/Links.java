package io.keyward.console.web;

import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.answer.SearchAnswer.Environment;
import io.keyward.console.answer.SearchAnswer.Policy;
import io.keyward.console.answer.SearchAnswer.Tenant;
import io.keyward.console.answer.SearchAnswer.Thing;
import io.keyward.console.answer.SearchAnswer.Vault;
import io.keyward.console.answer.SearchAnswer.Warning;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The addresses of the pages. Identifiers are untrusted text: each is percent-encoded as one path segment or
/// one query value.
final class Links {
    private Links() {}

    static String tenant(String tenant) {
        return "/tenants/" + encoded(tenant);
    }

    static String environment(String tenant, String environment) {
        return tenant(tenant) + "/environments/" + encoded(environment);
    }

    static String key(String tenant, KeyId key) {
        return tenant(tenant) + "/keys/" + encoded(vault(key)) + "/" + encoded(key.keyName());
    }

    /// The page that shows a search result.
    static String found(Thing thing) {
        return switch (thing) {
            case Tenant(TenantId tenant) -> tenant(tenant.value());
            case Environment(TenantId tenant, EnvironmentId environment, var _) ->
                environment(tenant.value(), environment.value());
            case SearchAnswer.Key(TenantId tenant, KeyId key) -> key(tenant.value(), key);
            case Vault(String vault) -> to("/keys", "vault", host(vault));
            case Policy(TenantId tenant, PolicyId policy) ->
                to("/environments", "q", policy.value(), "tenant", tenant.value());
            case Warning(WarningCode code) -> to("/environments", "warning", code.name());
        };
    }

    /// The vault as in paths of the console: its host name, with the port if that is not 443.
    static String vault(KeyId key) {
        return host(key.vaultUri());
    }

    static String host(String vaultUri) {
        return vaultUri.replaceFirst("^https://", "");
    }

    /// The keys of a vault, as a tenant uses them.
    static String vault(String tenant, KeyId key) {
        return to("/keys", "tenant", tenant, "vault", vault(key));
    }

    /// A path with query parameters; those without a value are left out.
    ///
    /// @param path may already have parameters
    /// @param parameters names and values in turn
    static String to(String path, String... parameters) {
        StringBuilder address = new StringBuilder(path);
        for (int i = 0; i < parameters.length; i += 2) {
            if (!parameters[i + 1].isEmpty()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&')
                        .append(parameters[i])
                        .append('=')
                        .append(encoded(parameters[i + 1]));
            }
        }
        return address.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
