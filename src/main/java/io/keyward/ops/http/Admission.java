package io.keyward.ops.http;

import java.util.Optional;

/// Whether a request is answered by its endpoint. It is closed when the request has been answered or its client has
/// gone.
///
/// @param refusal the response to a request that is not admitted; its body is not read
/// @param end releases what the endpoint holds for the request
public record Admission(Optional<EndpointResponse> refusal, Runnable end) implements AutoCloseable {
    /// Admits a request for which nothing is held.
    public static final Admission GRANTED = granted(() -> {});

    public static Admission granted(Runnable end) {
        return new Admission(Optional.empty(), end);
    }

    public static Admission refused(EndpointResponse refusal) {
        return new Admission(Optional.of(refusal), () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
