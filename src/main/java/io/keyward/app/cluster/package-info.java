/// What the cluster and the registry have, compared with the contract, and the commands that mend the difference.
///
/// May import `app.config`, `topology.contract`, `avro` and `registry.client`.
package io.keyward.app.cluster;
