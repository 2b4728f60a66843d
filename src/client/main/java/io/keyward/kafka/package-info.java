/// Waits for what a Kafka cluster answers, measures how long, and sets up readers that change nothing on it.
///
/// May import Kafka's clients.
package io.keyward.kafka;
