/// Waits for what a Kafka cluster answers.
///
/// May import Kafka's clients.
package io.keyward.kafka;
