package io.keyward.sandbox.http;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.Optional;

/// The API of an emulated service, without HTTP.
public interface Api extends AutoCloseable {
    /// Answers a request. Empty: its connection is closed without an answer.
    ///
    /// @throws io.keyward.ops.http.BadRequestException if the request is malformed
    Optional<EndpointResponse> answer(EndpointRequest request);

    /// An error response in the form of this API.
    EndpointResponse error(int status, String message);

    /// Closes what the service keeps open. Is called once, after the last answer.
    @Override
    default void close() {}
}
