/// The inputs of an experiment and how far they are decided. Imports `cluster`.
package io.keyward.chaos.load;
