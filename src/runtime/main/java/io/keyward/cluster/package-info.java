/// Asks the cluster and the registry, compares them with the contract, and names the commands that fix differences.
///
/// May import `config`, `topology`, `avro` and `registry.client`.
package io.keyward.cluster;
