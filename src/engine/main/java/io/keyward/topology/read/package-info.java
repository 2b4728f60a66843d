/// What stands beside the flow: deciding events without a cluster, and reading what the flow has written.
///
/// May import `topology` and what that may import. The flow knows nothing of it.
package io.keyward.topology.read;
