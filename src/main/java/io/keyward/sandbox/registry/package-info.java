/// The inside of the sandbox's schema registry: its state as a fold over a journal of changes, the rules by which
/// changes are accepted, and Confluent's REST API over both.
///
/// Hides everything but [io.keyward.sandbox.registry.RegistryApi], which serves it. May import `sandbox.http`,
/// `io.keyward.registry`,
/// Avro and Jackson.
package io.keyward.sandbox.registry;
