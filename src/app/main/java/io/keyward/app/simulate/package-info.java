/// The topology over events from files, without a cluster.
///
/// May import `app.records`, `app.terminal`, `config`, `topology`, `avro`, `registry` and `domain`.
package io.keyward.app.simulate;
