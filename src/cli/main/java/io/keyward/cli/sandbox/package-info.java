/// The processor with embedded services and the sample, in one process.
///
/// May import `app.run`, `app.console`, `app.intake` and what these may import, and `sandbox`.
package io.keyward.cli.sandbox;
