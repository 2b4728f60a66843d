package io.keyward.sandbox.registry;

/// What clients may do with a subject.
enum Mode {
    READWRITE,
    READONLY,
    READONLY_OVERRIDE,
    IMPORT,
    FORWARD;

    boolean forbidsWriting() {
        return this == READONLY || this == READONLY_OVERRIDE;
    }
}
