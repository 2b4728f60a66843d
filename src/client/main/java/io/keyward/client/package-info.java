/// The kit for services that publish events to Keyward, and for services that consume its outputs.
///
/// Has the names of topics and the partitioning of tenants. May import `registry`, the generated classes and
/// Kafka's clients.
package io.keyward.client;
