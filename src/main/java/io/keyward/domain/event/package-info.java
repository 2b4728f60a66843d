/// What happened, as services state it: the sealed family of events and the values they carry.
///
/// Says nothing about what follows. May import `domain.id`.
package io.keyward.domain.event;
