/// Runs the topology on events from files, without a cluster.
///
/// May import `cli.records`, `cli.terminal`, `config`, `topology`, `avro`, `registry` and `domain`.
package io.keyward.cli.simulate;
