/// The implementation of the sandbox's schema registry: its state, which is derived from a journal of changes,
/// the rules for accepting changes, and Confluent's REST API.
///
/// Hides everything but [io.keyward.sandbox.registry.RegistryApi], which serves it. May import `sandbox.http`,
/// `io.keyward.registry`, Avro and Jackson.
package io.keyward.sandbox.registry;
