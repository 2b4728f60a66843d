package io.keyward.console.api;

import io.keyward.console.answer.DecisionInForce.OfComponent;
import io.keyward.domain.advice.DisableBlocker;
import io.keyward.domain.advice.DisableVerdict;
import io.keyward.domain.advice.Remedy;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The JSON fields of records of other modules, named as in `deploy/openapi.json`. They are declared here so that
/// renaming or adding a component there does not change an answer.
final class CoreJson {
    private static final Map<Class<?>, Function<Object, Map<String, Object>>> FORMS = new HashMap<>();

    static {
        state(KeyId.class, id -> fields("vaultUri", id.vaultUri(), "keyName", id.keyName()));
        state(KeyReference.class, of -> fields("key", of.key(), "keyVersion", of.version()));
        state(Retention.class, kept -> fields("key", kept.key(), "until", kept.until()));
        state(TimeRange.class, time -> fields("from", time.from(), "until", time.until()));
        state(ComponentProtection.class, of -> fields("protection", of.protection(), "reason", of.reason()));
        state(Enforcement.class, of -> fields("status", of.status(), "desiredSince", of.desiredSince()));
        state(
                Signal.class,
                of -> fields("action", of.action(), "effectiveFrom", of.effectiveFrom(), "gaps", of.gaps()));
        state(Snapshot.class, of -> fields("type", of.type(), "managed", of.managed(), "lifecycle", of.lifecycle()));
        state(Remedy.Step.class, step -> fields("sentence", step.sentence(), "event", step.event()));
        state(EnforcementReport.Items.class, items -> fields("key", items.key(), "count", items.count()));
        state(EnforcementReport.FailedItem.class, of -> fields("itemId", of.itemId(), "reason", of.reason()));
        state(
                DisableVerdict.Deletion.class,
                of -> fields("safe", of.safe(), "safeFrom", of.safeFrom(), "sentence", of.sentence()));
        state(
                Incident.class,
                of -> fields(
                        "sequence", of.sequence(),
                        "severity", of.severity(),
                        "subjects", of.subjects(),
                        "subjectCount", of.subjectCount()));
        state(
                DisableBlocker.class,
                of -> fields(
                        "code", of.code(),
                        "tenantId", of.tenantId(),
                        "environmentId", of.environmentId(),
                        "until", of.until(),
                        "sentence", of.sentence()));
        state(
                EnforcementReport.class,
                of -> fields(
                        "phase", of.phase(),
                        "complete", of.complete(),
                        "clean", of.clean(),
                        "items", of.items(),
                        "failedCount", of.failedCount(),
                        "failed", of.failed()));
        state(
                Remedy.class,
                of -> fields(
                        "steps", of.steps(),
                        "complete", of.complete(),
                        "encryptionState", of.encryptionState(),
                        "policyStatus", of.policyStatus(),
                        "openWarnings", of.openWarnings(),
                        "remarks", of.remarks()));
        state(
                DisableVerdict.class,
                of -> fields(
                        "at", of.at(),
                        "safe", of.safe(),
                        "safeFrom", of.safeFrom(),
                        "users", of.users(),
                        "blockers", of.blockers(),
                        "counts", of.counts(),
                        "deletion", of.deletion()));
        // Without `enforcement`, which follows the warnings, as in the schema.
        state(
                Decision.class,
                of -> fields(
                        "encryptionState", of.encryptionState(),
                        "policyStatus", of.policyStatus(),
                        "policyId", of.policyId(),
                        "key", of.key(),
                        "enabledSince", of.enabledSince(),
                        "lockedSince", of.lockedSince(),
                        "expectedDeletionAt", of.expectedDeletionAt(),
                        "components", OfComponent.list(of.components()),
                        "retainUntil", of.retainUntil()));
    }

    private CoreJson() {}

    private static <T extends Record> void state(Class<T> type, Function<T, Map<String, Object>> form) {
        FORMS.put(type, value -> form.apply(type.cast(value)));
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /// The types whose fields are declared.
    static Set<Class<?>> types() {
        return FORMS.keySet();
    }

    /// The fields of a record of one of the [#types], in their order.
    static Map<String, Object> fields(Record value) {
        return FORMS.get(value.getClass()).apply(value);
    }
}
