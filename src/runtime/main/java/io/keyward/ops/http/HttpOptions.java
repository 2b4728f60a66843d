package io.keyward.ops.http;

/// How endpoints are served.
///
/// @param port TCP port; 0 picks a free one
/// @param files the certificate and the token
/// @param names the setting names, for messages
/// @param largestBody the maximum size of a request's body in bytes
public record HttpOptions(String host, int port, HttpFiles files, HttpNames names, int largestBody) {
    /// A copy that listens on any free port.
    public HttpOptions onAnyPort() {
        return new HttpOptions(host, 0, files, names, largestBody);
    }
}
