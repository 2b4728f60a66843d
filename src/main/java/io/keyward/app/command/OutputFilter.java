package io.keyward.app.command;

import io.keyward.app.terminal.OutputRecord;
import java.util.Optional;

/// Chooses outputs by their tenant and their environment, both as they stand in the record's key.
record OutputFilter(Optional<String> tenant, Optional<String> environment) {
    /// Whether the output is one of those asked for. A dead letter is of no environment, for nobody could read it.
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
                        .map(asked -> parts.length > 1 && parts[1].equals(asked))
                        .orElse(true);
    }
}
