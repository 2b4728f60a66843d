package io.keyward.vault;

import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Optional;

/// What a vault says of a key besides the verdict. `version` is the one that was asked about: the current one, unless
/// the reference named another.
public record KeyDescription(
        KeyVersion version,
        KeyShape shape,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        boolean purgeProtected) {}
