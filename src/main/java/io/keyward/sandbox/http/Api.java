package io.keyward.sandbox.http;

/// What an emulated service answers, apart from HTTP itself.
public interface Api {
    /// Answers a request.
    ///
    /// @throws BadRequestException if the request cannot be read
    Response answer(Request request);

    /// Says in the form of this API why there is no other answer.
    Response error(int status, String message);
}
