/// Experiments on the promise "survives anything, loses nothing": brokers and processors in processes of their own, a
/// load with a known history, faults, and checks of everything that was published.
///
/// Hides processes, ports, proxies and small disks. `docs/chaos.md` tells how to run and to read it.
package io.keyward.chaos;
