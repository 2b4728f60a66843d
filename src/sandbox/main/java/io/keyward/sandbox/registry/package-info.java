/// The implementation of the sandbox's schema registry: Confluent's REST API on a registry in memory, and a
/// journal of changes from which it is filled again.
///
/// Hides everything but [io.keyward.sandbox.registry.RegistryApi], which serves it. May import `sandbox.http`,
/// `ops.http`, `io.keyward.registry`, Avro and Jackson.
package io.keyward.sandbox.registry;
