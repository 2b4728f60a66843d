package io.keyward.app.cluster;

/// One way in which something outside falls short of its contract.
public interface Finding {
    /// What is wrong and why it matters.
    String sentence();

    /// The command that mends it, or that shows what has to be mended.
    String remedy();
}
