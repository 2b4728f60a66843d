/// An instance: it is assembled, started, watched and stopped here.
///
/// May import `app.start`, `app.records`, `app.cluster`, `app.config`, `ops`, `vault`, `topology` and what they may
/// import.
package io.keyward.app.run;
