/// The console as a process: the replica, and what is served from it.
///
/// May import `app.run` and what that may import, and all of `console`.
package io.keyward.app.console;
