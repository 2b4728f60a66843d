/// Experiments on the promise "survives anything, loses nothing": brokers and processors in processes of their
/// own, a load that is known exactly, faults, and checks of everything that was published. `docs/chaos.md` tells
/// how to run them. Imports `fault`, `guarantee`, `load` and `cluster`.
package io.keyward.chaos;
