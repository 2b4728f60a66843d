package io.keyward.cli.command;

import io.keyward.topology.read.OutputRecord;
import java.util.Optional;

/// Selects outputs by the tenant and the environment in the record's key.
record OutputFilter(Optional<String> tenant, Optional<String> environment) {
    /// Whether the output matches. A dead letter has no environment, since its record could not be read.
    boolean accepts(OutputRecord output) {
        return switch (output) {
            case OutputRecord.Published published -> acceptsKey(published.key());
            case OutputRecord.Retracted retracted -> acceptsKey(retracted.key());
            case OutputRecord.Refused refused ->
                environment.isEmpty() && (tenant.isEmpty() || tenant.equals(refused.key()));
        };
    }

    private boolean acceptsKey(String key) {
        String[] parts = key.split("/", 3);
        return tenant.map(parts[0]::equals).orElse(true)
                && environment
                        .map(wanted -> parts.length > 1 && parts[1].equals(wanted))
                        .orElse(true);
    }
}
