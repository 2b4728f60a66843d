/// The HTTP layer of the emulators: a server on a local port. Requests and responses are those of `ops.http`.
///
/// Hides the JDK's server. May import Jackson and `ops.http`. Does not depend on any API.
package io.keyward.sandbox.http;
