/// Waits for answers of a Kafka cluster, measures how long they take, and configures readers that change nothing
/// on it.
///
/// May import Kafka's clients.
package io.keyward.kafka;
