/// Starts Java processes for tests and benchmarks, and waits for them. The benchmark compiles this package as
/// well, so it imports only the product, Kafka and the JDK.
package io.keyward.testing.process;
