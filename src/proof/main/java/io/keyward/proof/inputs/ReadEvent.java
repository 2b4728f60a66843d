package io.keyward.proof.inputs;

import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.topology.OriginCoordinates;

/// An event, and where it was read.
///
/// @param topic where it was read now
/// @param offset where it was read now
/// @param origin where it was first read: elsewhere if it was rerouted
record ReadEvent(Event event, Topic topic, long offset, OriginCoordinates origin) {}
