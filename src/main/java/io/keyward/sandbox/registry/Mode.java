package io.keyward.sandbox.registry;

/// What may be done to a subject.
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
