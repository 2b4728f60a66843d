/// The faults, and the instances and disks that they act on. Imports `load` and `cluster`.
package io.keyward.chaos.fault;
