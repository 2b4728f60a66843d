/// Uses of the flow outside the topology: decides events without a cluster, and reads what the flow has written.
///
/// May import `topology` and what that may import. The flow does not depend on it.
package io.keyward.topology.read;
