/// Queries the cluster and the registry, compares them with the contract, and names the commands that fix
/// differences. [QueuedSender] sends records to the cluster.
///
/// May import `config`, `topology`, `avro`, `client` and `registry.client`.
package io.keyward.cluster;
