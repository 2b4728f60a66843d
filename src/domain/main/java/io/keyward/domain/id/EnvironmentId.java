package io.keyward.domain.id;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Identifies an environment within its tenant. Ordered by its UTF-8 bytes, which is also the order of the stores
/// (R12).
///
/// The constructor throws a [RefusedException] with `INVALID_ID` if the value violates docs/contract.md,
/// "Identifiers".
public record EnvironmentId(String value) implements Comparable<EnvironmentId> {
    public EnvironmentId {
        Identifiers.parse("environmentId", value);
    }

    @Override
    public int compareTo(EnvironmentId other) {
        return Arrays.compareUnsigned(
                value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return value;
    }
}
