/// The processor with embedded services and the sample, in one process.
///
/// May import `app.run` and what that may import, and `sandbox`.
package io.keyward.app.sandbox;
