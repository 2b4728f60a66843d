/// Watches keys in their vaults and reports changes as ordinary events.
///
/// Hides the Azure SDK, the probe quota and the rules for what proves a revocation. Stream threads never call
/// it. May import `io.keyward.config`, `io.keyward.topology`, `io.keyward.avro`, `io.keyward.registry`,
/// `io.keyward.domain`, Kafka clients and, as the only package of the product, `com.azure`.
package io.keyward.vault;
