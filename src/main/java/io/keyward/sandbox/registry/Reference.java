package io.keyward.sandbox.registry;

/// A type that a schema uses and that a version of another subject defines.
record Reference(String name, String subject, int version) {}
