package io.keyward.console.web;

import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.answer.SearchAnswer.Environment;
import io.keyward.console.answer.SearchAnswer.Hit;
import io.keyward.console.answer.SearchAnswer.Policy;
import io.keyward.console.answer.SearchAnswer.Tenant;
import io.keyward.console.answer.SearchAnswer.Vault;
import io.keyward.console.answer.SearchAnswer.Warning;
import io.keyward.console.whatif.CodeWords;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;

/// A search result as pages show it.
///
/// @param name its name
/// @param more what distinguishes it from others with this name; may be empty
/// @param fields the form fields that it fills in, as a query
record SearchHit(String kind, String name, String more, String address, String fields) {
    static List<SearchHit> of(List<Hit> hits) {
        return hits.stream().map(SearchHit::of).toList();
    }

    private static SearchHit of(Hit hit) {
        return switch (hit.found()) {
            case Tenant(TenantId tenant) -> of(hit, tenant.value(), "", ofTenant(tenant));
            case Environment(TenantId tenant, EnvironmentId environment, Optional<String> name) -> {
                String more = name.map(given -> FreeText.isolated(given) + ", ").orElse("") + tenant;
                String fields = Links.to(ofTenant(tenant), "environmentId", environment.value());
                yield of(hit, environment.value(), more, fields);
            }
            case SearchAnswer.Key(TenantId tenant, KeyId key) -> {
                String fields = Links.to(ofTenant(tenant), "vaultUri", key.vaultUri(), "keyName", key.keyName());
                yield of(hit, key.keyName(), Links.vault(key) + ", " + tenant, fields);
            }
            case Vault(String vault) ->
                of(hit, Links.host(vault), "", Links.to("", "vaultUri", vault, "vault", Links.host(vault)));
            case Policy(TenantId tenant, PolicyId policy) ->
                of(hit, policy.value(), tenant.value(), Links.to(ofTenant(tenant), "policyId", policy.value()));
            case Warning(WarningCode code) -> of(hit, CodeWords.of(code.name()), code.name(), "");
        };
    }

    private static SearchHit of(Hit hit, String name, String more, String fields) {
        return new SearchHit(CodeWords.of(hit.kind().name()), name, more, Links.found(hit.found()), fields);
    }

    private static String ofTenant(TenantId tenant) {
        return Links.to("", "tenant", tenant.value(), "tenantId", tenant.value());
    }
}
