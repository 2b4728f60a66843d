/// The kit for services that publish events to Keyward, and for those that obey its outputs.
///
/// Holds the names of topics and where a tenant's records lie. May import `registry`, the generated classes
/// and Kafka's clients.
package io.keyward.client;
