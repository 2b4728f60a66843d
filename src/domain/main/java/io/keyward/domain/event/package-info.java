/// Events as services state them: a sealed family of events and the values they carry.
///
/// Decides nothing. May import `domain.id`.
package io.keyward.domain.event;
