/// What must hold under every fault, and the checks. Imports `load` and `cluster`.
package io.keyward.chaos.guarantee;
