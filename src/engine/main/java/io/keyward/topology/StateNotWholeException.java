package io.keyward.topology;

/// The state of a task is not what the task had when it last committed, although it was wiped and restored from
/// its changelogs. The instance must stop.
public final class StateNotWholeException extends RuntimeException {
    StateNotWholeException(int partition, String fault) {
        super(
                "The state of partition %d is not whole, although it was wiped and restored from its changelogs: %s. Nothing was decided on it. docs/recovery.md, \"State that is not whole\", says how to mend it"
                        .formatted(partition, fault));
    }
}
