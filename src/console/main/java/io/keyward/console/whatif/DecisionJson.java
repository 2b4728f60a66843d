package io.keyward.console.whatif;

import io.keyward.avro.OutputCodec;
import io.keyward.avro.json.AvroJson;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;

/// Writes the stored last decision on an environment as the topic `encryption-decisions` would contain it.
final class DecisionJson {
    /// Fields that are not stored. `decidedAt` belongs to the cause.
    private static final List<String> NOT_STORED = List.of("decidedAt", "ruleProfile", "cause");

    private DecisionJson() {}

    /// The last decision; empty before the first one and after a purge.
    static Optional<JsonText> of(TenantId tenant, EnvironmentId environment, Published published) {
        var about = Publication.About.of(tenant, new EnvironmentName(environment, Optional.empty()), "", Cause.NONE);
        return published
                .decision()
                .map(decision -> of(new Publication.OfDecision(
                        published.revision(), decision, published.warningNames(), published.sinkNames(), about)));
    }

    /// The decision of a publication, in the same form.
    static JsonText of(Publication.OfDecision publication) {
        return JsonText.of(
                AvroJson.write(OutputCodec.write(publication).orElseThrow()).remove(NOT_STORED));
    }
}
