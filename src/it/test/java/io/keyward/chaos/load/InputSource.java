package io.keyward.chaos.load;

/// An endless supply of inputs, the same for the same seed. For one thread.
@FunctionalInterface
public interface InputSource {
    Input next();
}
