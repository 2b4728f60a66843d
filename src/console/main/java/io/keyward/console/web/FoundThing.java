package io.keyward.console.web;

import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.answer.SearchAnswer.Environment;
import io.keyward.console.answer.SearchAnswer.Hit;
import io.keyward.console.answer.SearchAnswer.Policy;
import io.keyward.console.answer.SearchAnswer.Tenant;
import io.keyward.console.answer.SearchAnswer.Vault;
import io.keyward.console.answer.SearchAnswer.Warning;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;

/// What a search has found, as pages show it.
///
/// @param name what it is called
/// @param more what else tells it from others; may be empty
/// @param fields what it puts into the fields of a form, as a query
record FoundThing(String kind, String name, String more, String address, String fields) {
    static List<FoundThing> of(List<Hit> hits) {
        return hits.stream().map(FoundThing::of).toList();
    }

    private static FoundThing of(Hit hit) {
        String address = Links.found(hit.found());
        return switch (hit.found()) {
            case Tenant(TenantId tenant) ->
                new FoundThing("Tenant", tenant.value(), "", address, fields(tenant.value()));
            case Environment(TenantId tenant, EnvironmentId environment, Optional<String> name) ->
                new FoundThing(
                        "Environment",
                        environment.value(),
                        name.map(given -> given + ", ").orElse("") + tenant,
                        address,
                        fields(tenant.value(), "environmentId", environment.value()));
            case SearchAnswer.Key(TenantId tenant, KeyId key) ->
                new FoundThing(
                        "Key",
                        key.keyName(),
                        Links.vault(key) + ", " + tenant,
                        address,
                        fields(tenant.value(), "vaultUri", key.vaultUri(), "keyName", key.keyName()));
            case Vault(String vault) ->
                new FoundThing(
                        "Vault",
                        Links.host(vault),
                        "",
                        address,
                        fields("", "vaultUri", vault, "vault", Links.host(vault)));
            case Policy(TenantId tenant, PolicyId policy) ->
                new FoundThing(
                        "Policy",
                        policy.value(),
                        tenant.value(),
                        address,
                        fields(tenant.value(), "policyId", policy.value()));
            case Warning(WarningCode code) ->
                new FoundThing("Warning", Words.ofCode(code.name()), code.name(), address, fields(""));
        };
    }

    private static String fields(String tenant, String... others) {
        return Links.to(Links.to("", "tenant", tenant, "tenantId", tenant), others);
    }
}
