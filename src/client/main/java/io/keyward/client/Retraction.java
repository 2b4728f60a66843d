package io.keyward.client;

import java.util.Optional;

/// Data that must be taken back from a sink, as far as it was delivered (R15): that of the
/// interval's event times.
///
/// @param tenant the tenantId. Of an erased tenant of which nothing else has been read, the SHA-256 of
/// the tenantId in
///     UTF-8, in lower-case hexadecimal digits
/// @param environment empty: all environments of the tenant, which was erased
/// @param sink empty: all sinks
public record Retraction(String tenant, Optional<String> environment, Optional<String> sink, Interval interval) {}
