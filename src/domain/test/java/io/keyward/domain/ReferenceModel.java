package io.keyward.domain;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The complete process of all tenants, slow and simple: no stores, no fan-out, no queues. After every event it
/// decides every environment of the tenant again. A faster process must publish the same.
public final class ReferenceModel {
    private final RuleProfile profile;
    private final Map<String, ReferenceTenant> tenants = new TreeMap<>();

    public ReferenceModel(RuleProfile profile) {
        this.profile = profile;
    }

    public static ReferenceModel after(RuleProfile profile, List<? extends Event> arrivals) {
        ReferenceModel model = new ReferenceModel(profile);
        arrivals.forEach(model::accept);
        return model;
    }

    /// A copy that can process more events without changing this one.
    public ReferenceModel copy() {
        ReferenceModel copy = new ReferenceModel(profile);
        tenants.forEach((id, tenant) -> copy.tenants.put(id, tenant.copy()));
        return copy;
    }

    /// What is published because of the event, in order.
    public List<Publication> accept(Event event) {
        return tenant(event.tenantId()).accept(event);
    }

    /// Takes facts of different environments of one tenant, and publishes because of the last one only.
    public void acceptTogether(List<? extends Event> events) {
        tenant(events.getFirst().tenantId()).acceptTogether(events);
    }

    /// Publishes a `time-reached` event for every deadline up to `now` (R25).
    public void letTimePass(Instant now) {
        tenants.values().forEach(tenant -> tenant.letTimePass(now));
    }

    public ReferenceTenant tenant(TenantId id) {
        return tenants.computeIfAbsent(id.value(), _ -> new ReferenceTenant(id, profile));
    }

    public List<ReferenceTenant> tenants() {
        return List.copyOf(tenants.values());
    }

    public Optional<Verdict> verdict(EnvironmentId environment) {
        return tenant(Facts.CONTOSO).verdict(environment);
    }

    /// The verdicts on all environments of all tenants, in a form that can be compared and read.
    public Map<String, Verdict> verdicts() {
        Map<String, Verdict> all = new TreeMap<>();
        tenants.values()
                .forEach(tenant -> tenant.verdicts()
                        .forEach((environment, verdict) ->
                                all.put(Publication.decisionKey(tenant.id(), environment), verdict)));
        return all;
    }

    static List<Publication> publications(RuleProfile profile, List<? extends Event> arrivals) {
        ReferenceModel model = new ReferenceModel(profile);
        List<Publication> all = new ArrayList<>();
        arrivals.forEach(event -> all.addAll(model.accept(event)));
        return all;
    }
}
