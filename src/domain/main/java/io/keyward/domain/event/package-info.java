/// Events as services publish them: a sealed family of events and the values they carry.
///
/// Makes no decisions. May import `domain.id`.
package io.keyward.domain.event;
