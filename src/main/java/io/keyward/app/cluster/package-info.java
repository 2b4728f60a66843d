/// Compares the cluster and the registry with the contract, and names the commands that fix differences.
///
/// May import `app.config`, `topology.contract`, `avro` and `registry.client`.
package io.keyward.app.cluster;
