/// HTTP for operators: endpoints, TLS, the bearer token.
///
/// Hides the HTTP server. May import Jetty, Kafka's PEM reader, Jackson, slf4j and `domain.id`, and nothing else of the product.
package io.keyward.ops.http;
