/// Watches keys in their vaults and reports what changed as ordinary events.
///
/// Hides the Azure SDK, the budget of probes and what counts as proof that a key was revoked; it is never called
/// from a stream thread. May import `io.keyward.avro`, `io.keyward.registry`, `io.keyward.domain`, Kafka clients
/// and, alone in the product, `com.azure`.
package io.keyward.vault;
