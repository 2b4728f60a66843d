/// HTTP for operators: endpoints, TLS, the bearer token.
///
/// Hides the HTTP server. May import Jetty, Kafka's PEM reader, Jackson and slf4j, and nothing of the product.
package io.keyward.ops.http;
