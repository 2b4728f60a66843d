/// The checks before an instance starts: topics, access, the state folder, and the positions from which it
/// resumes.
///
/// May import `cluster`, `config`, `topology`, `avro` and `registry`.
package io.keyward.app.start;
