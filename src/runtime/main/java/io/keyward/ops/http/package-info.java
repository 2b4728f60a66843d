/// HTTP for operators: endpoints, TLS, the bearer token.
///
/// Hides the HTTP server. May import Jetty, Kafka's PEM reader, Jackson, slf4j, and of Keyward only `domain.id`.
package io.keyward.ops.http;
