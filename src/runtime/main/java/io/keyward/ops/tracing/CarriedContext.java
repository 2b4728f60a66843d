package io.keyward.ops.tracing;

import io.keyward.domain.decision.Trigger;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads the context of a span from headers. Of several headers of a name the last one counts.
enum CarriedContext implements TextMapGetter<List<Trigger.CarriedHeader>> {
    READ;

    @Override
    public String get(List<Trigger.CarriedHeader> headers, String name) {
        return headers.reversed().stream()
                .filter(header -> header.name().equals(name) && header.value() != null)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }
}
