package io.keyward.ops.http;

import java.util.Optional;

/// Whether the endpoint answers a request. Closed when the request has been answered or its client has
/// disconnected.
///
/// @param refusal the response to a request that is not admitted; its body is not read
/// @param end releases what the endpoint holds for the request
public record RequestAdmission(Optional<EndpointResponse> refusal, Runnable end) implements AutoCloseable {
    /// Admits a request for which nothing is held.
    public static final RequestAdmission GRANTED = granted(() -> {});

    public static RequestAdmission granted(Runnable end) {
        return new RequestAdmission(Optional.empty(), end);
    }

    public static RequestAdmission refused(EndpointResponse refusal) {
        return new RequestAdmission(Optional.of(refusal), () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
