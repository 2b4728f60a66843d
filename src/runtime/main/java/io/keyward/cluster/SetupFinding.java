package io.keyward.cluster;

/// A difference between an external system and what Keyward requires of it.
public interface SetupFinding {
    /// What is wrong and why it matters.
    String sentence();

    /// The command that fixes it, or that shows what to fix.
    String remedy();
}
