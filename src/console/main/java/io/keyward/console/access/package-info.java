/// Authentication of callers by bearer tokens, logins of an OpenID provider and sessions, and the access log.
///
/// May import `config` and `ops.http`. The only user of the library for tokens.
package io.keyward.console.access;
