package io.keyward.sandbox.registry;

/// A type that a schema uses but that another subject's version defines.
record Reference(String name, String subject, int version) {}
