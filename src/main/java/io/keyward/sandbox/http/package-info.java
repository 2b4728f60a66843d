/// The HTTP layer of the emulators: a server on a local port, requests and responses.
///
/// Hides the JDK's server. May import Jackson alone. Does not depend on any API.
package io.keyward.sandbox.http;
