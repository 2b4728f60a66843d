/// Who asks: bearer tokens and logins of an OpenID provider, sessions, and the log of who asked what.
///
/// May import `config` and `ops.http`. The only user of the library for tokens.
package io.keyward.console.access;
