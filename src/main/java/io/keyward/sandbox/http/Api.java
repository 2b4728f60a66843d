package io.keyward.sandbox.http;

/// The API of an emulated service, without HTTP.
public interface Api {
    /// Answers a request.
    ///
    /// @throws Request.BadRequestException if the request is malformed
    Response answer(Request request);

    /// An error response in the form of this API.
    Response error(int status, String message);
}
