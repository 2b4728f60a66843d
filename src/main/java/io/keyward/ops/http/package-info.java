/// HTTP for operators: endpoints, TLS, the bearer token.
///
/// Hides the HTTP server. May import the JDK's HTTP server, Jackson and slf4j, and nothing of the product.
package io.keyward.ops.http;
