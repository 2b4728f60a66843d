/// The HTTP layer of the emulators: a server on a port of this machine, its requests and its responses.
///
/// Hides the JDK's server. May import Jackson alone; knows no API.
package io.keyward.sandbox.http;
