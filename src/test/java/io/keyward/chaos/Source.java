package io.keyward.chaos;

/// An endless supply of inputs, the same for the same seed. For one thread.
@FunctionalInterface
interface Source {
    Input next();
}
