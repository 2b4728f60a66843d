package io.keyward.app;

/// Where metrics and health are served.
///
/// @param port TCP port; 0 picks a free one
public record HttpSettings(String host, int port) {}
