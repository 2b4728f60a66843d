package io.keyward.intake;

/// One item of a source, and what it means.
///
/// @param type what the source calls this kind of item, from a fixed set of names, for metrics; `other` if it is
///     not in the set
/// @param received the bytes of the item, for a dead letter
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
public record Item(String type, byte[] received, Finding finding) {}
