/// The checks before an instance starts: topics, access, the state folder, the positions it goes on from.
///
/// May import `app.cluster`, `app.config`, `topology`, `avro` and `registry`.
package io.keyward.app.start;
