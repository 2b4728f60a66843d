/// The intake as a process: its sources, its producer and what is served from it.
///
/// May import `app.run` and what that may import, and all of `intake`.
package io.keyward.app.intake;
